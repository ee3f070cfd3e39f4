const texts = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
const perhapsLarge = /[:,[\s]\d{16,}\s*[,}\]]/;

/** JSON in which ids may be numbers, as bots in other languages send them: those too large for a double become texts. */
export function parseLarge(text: string): unknown {
  return JSON.parse(perhapsLarge.test(text) ? text.replaceAll(texts, quotedIfLarge) : text);
}

function quotedIfLarge(token: string): string {
  return /^\d+$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
}
