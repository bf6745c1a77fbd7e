/** A path as a person pastes it into a shell: what a shell would take apart gets a backslash, and a leading `~` stays one. */
export function shellWord(text: string): string {
  return text.replace(/[^\p{L}\p{N}_./~:@%+=,-]/gu, '\\$&')
}
