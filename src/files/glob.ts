/** A pattern of file names as a regular expression of the whole text: `*` and `?` stay within a directory, `**` does not. */
export function globPattern(text: string): RegExp {
  const source = text.replace(/\*\*|[*?]|[^*?]+/g, (part) => {
    if (part === '**') return '.*';
    if (part === '*') return '[^/]*';
    return part === '?' ? '[^/]' : part.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
