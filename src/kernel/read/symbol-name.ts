/** `KSYM_NAME_LEN` of include/linux/kallsyms.h since 6.1, in bytes with the end mark: no kernel knows a longer name. */
export const symbolNameBytesMax = 512;

/** Whether text can name a symbol or a namespace: printable ASCII without a space, as assemblers and modpost write it. */
export function isSymbolName(text: string): boolean {
  return text.length < symbolNameBytesMax && /^[\x21-\x7e]+$/.test(text);
}
