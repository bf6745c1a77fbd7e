/** Beyond what JSON escapes by itself: C1 controls, and what reorders text or hides in it (Unicode UAX #9, UTS #36). */
const unprintable = /[\u007f-\u009f\u2028\u2029\p{Cf}\p{Co}]|\p{Default_Ignorable_Code_Point}/gu

/** The same document to a program, and harmless on a terminal: words from elsewhere stand in it. */
export function jsonText(document: unknown, indent?: number): string {
  return JSON.stringify(document, null, indent).replace(unprintable, escaped)
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
