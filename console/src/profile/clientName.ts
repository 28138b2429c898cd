const browsers: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Edg\//, 'Edge'], [/OPR\//, 'Opera'], [/Firefox\//, 'Firefox'], [/Chrom(e|ium)\//, 'Chrome'], [/Safari\//, 'Safari'],
];
const systems: readonly (readonly [mark: RegExp, name: string])[] = [
  [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS X/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux'],
];

/** What a browser calls itself, as people know it; as it is where no name is found in it. */
export function clientName(client: string | null): string {
  if (client === null || client === '') return 'Unknown';
  const find = (names: typeof browsers) => names.find(([mark]) => mark.test(client))?.[1];
  const browser = find(browsers);
  if (browser === undefined) return client;
  const system = find(systems);
  return system === undefined ? browser : `${browser} on ${system}`;
}
