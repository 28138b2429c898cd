/** How a session ended, for people: the server's word with spaces. */
export function endedText(endedBy: string | null): string {
  if (endedBy === null) return '';
  const words = endedBy === 'log-off' ? endedBy : endedBy.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
