/** What the wizard of a new image holds. */
export interface ImageDraft { source: 'recipe' | 'file'; recipe: string; name: string; path: string; memoryMib: number; cpus: number; publish: boolean }

export const emptyImage: ImageDraft = { source: 'recipe', recipe: 'xfce', name: '', path: '', memoryMib: 2048, cpus: 1, publish: true };

export const sources = [
  ['recipe', 'A recipe', 'Mayfly builds it from packages.'],
  ['file', 'A file on the server', 'A qcow2 file that was made elsewhere is imported.'],
] as const;

export const recipes = [
  ['xfce', 'Debian 13 with XFCE, a browser, terminal, file manager and editor. Takes minutes.'],
  ['micro', 'A Debian kernel and a tiny memory disk with the agent, for tests. Takes seconds.'],
] as const;

/** Why the image can not be made yet, or null. */
export function lackOfSource({ source, name, path }: ImageDraft): string | null {
  if (source === 'recipe') return null;
  if (!/^[a-z0-9]([a-z0-9._-]{0,62})$/.test(name)) return 'Name the image with 1 to 63 of a-z, 0-9, \'.\', \'_\' and \'-\'.';
  return path.startsWith('/') ? null : 'Give the whole path of the file on the server, from the first slash on.';
}
