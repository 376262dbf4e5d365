import { type X2jOptions, XMLParser, XMLValidator } from 'fast-xml-parser';
import { InputError } from '#errors';

/**
 * A small XML document of a repository as plain objects, all values as texts and namespace prefixes taken off.
 *
 * @param isArray which paths of elements may be there more than once: `repomd.data`
 * @param unread paths of elements whose content nobody needs: it is not taken apart
 * @throws InputError `corrupt`, with line and column, and `unsupported` for a document type
 */
export function parseXml(
  text: string,
  file: string,
  isArray: (path: string) => boolean,
  unread: readonly string[] = [],
): unknown {
  // A document type can define entities, which is how small XML becomes large; repositories have none.
  if (/<!DOCTYPE/i.test(text))
    throw new InputError('unsupported', 'a document type definition is not accepted', { file });
  const wellFormed = XMLValidator.validate(text);
  if (wellFormed !== true) {
    const { msg, line, col } = wellFormed.err;
    throw new InputError('corrupt', `this is not well-formed XML: ${msg}`, {
      file,
      place: { line, column: col },
      hint: 'fetch the repository again',
    });
  }
  const options: X2jOptions = {
    ...asTexts,
    isArray: (_, path) => typeof path === 'string' && isArray(path),
    stopNodes: [...unread],
  };
  try {
    return new XMLParser(options).parse(text);
  } catch (cause) {
    // The parser's own limits: levels, entities, names that would reach into JavaScript's objects.
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new InputError('corrupt', `this XML is not accepted: ${problem}`, {
      file,
      hint: 'fetch the repository again',
      cause,
    });
  }
}

const asTexts: X2jOptions = {
  ignoreAttributes: false,
  attributeNamePrefix: '',
  textNodeName: 'text',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  removeNSPrefix: true,
};
