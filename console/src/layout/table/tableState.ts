/** What a person has set on a table. All of it is in the address, so that it can be kept, sent, and gone back to. */
export interface TableState { search: string; filters: Record<string, string>; sort: string | null; descending: boolean; page: number; size: number; cards: boolean }

export const sizes = [20, 50, 100, 200] as const;
export const firstSize = 50;

const positive = (text: string | null): number | null => text !== null && /^[1-9]\d{0,6}$/.test(text) ? Number(text) : null;

/** Reads the state of a table. The prefix tells two tables of one page apart. */
export function readState(params: URLSearchParams, prefix: string, filters: readonly string[]): TableState {
  const sort = params.get(`${prefix}sort`) ?? '';
  const size = positive(params.get(`${prefix}size`));
  return {
    search: params.get(`${prefix}q`) ?? '',
    filters: Object.fromEntries(filters.map((key) => [key, params.get(prefix + key) ?? ''])),
    sort: sort === '' ? null : sort.replace(/^-/, ''),
    descending: sort.startsWith('-'),
    page: positive(params.get(`${prefix}page`)) ?? 1,
    size: sizes.find((known) => known === size) ?? firstSize,
    cards: params.get(`${prefix}view`) === 'cards',
  };
}

/** The same address with another state of one table; what is as it is at first is left out. */
export function writeState(params: URLSearchParams, prefix: string, state: TableState): URLSearchParams {
  const next = new URLSearchParams(params);
  const set = (key: string, value: string) => value === '' ? next.delete(prefix + key) : next.set(prefix + key, value);
  set('q', state.search);
  for (const [key, value] of Object.entries(state.filters)) set(key, value);
  set('sort', state.sort === null ? '' : `${state.descending ? '-' : ''}${state.sort}`);
  set('page', state.page === 1 ? '' : `${state.page}`);
  set('size', state.size === firstSize ? '' : `${state.size}`);
  set('view', state.cards ? 'cards' : '');
  return next;
}

export const isNarrowed = ({ search, filters }: TableState): boolean => search.trim() !== '' || Object.values(filters).some((value) => value !== '');
