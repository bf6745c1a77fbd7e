/**
 * C0 and C1 controls (tab and newline too), bidirectional and zero-width characters, line separators, tags, all else that
 * Unicode calls ignorable or private, and lone surrogates: what can move a cursor, reorder text or hide in it (Unicode
 * UAX #9, UTS #36).
 */
const unprintable =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Cs}\p{Cf}\p{Co}]|[\u{e0000}-\u{e007f}]|\p{Default_Ignorable_Code_Point}/gu

/** Text from elsewhere made safe for a terminal or a log line: every unprintable character becomes `\u{…}`. */
export function printable(text: string): string {
  return text.replace(unprintable, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`)
}
