/** The sentences of a text; full stops in code, numbers and names of files end none. */
export function sentencesOf(text: string): string[] {
  const spans: string[] = [];
  const masked = text.replaceAll(/`+[^`]*`+/g, (span) => `\ue000${spans.push(span) - 1}\ue000`);
  return masked
    .split(/(?<=[.!?;:][)"']?)\s+(?=[\p{Lu}\p{Ll}"'(\ue000\d])/u)
    .map((sentence) => sentence.replaceAll(/\ue000(\d+)\ue000/g, (_, at) => spans[Number(at)] ?? '').trim())
    .filter((sentence) => sentence !== '');
}
