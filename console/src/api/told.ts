import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Puts in what an event stream tells. An answer still on its way was read before it, and must not come over it. */
export async function putTold(client: QueryClient, key: QueryKey, data: unknown): Promise<void> {
  await client.cancelQueries({ queryKey: key, exact: true });
  client.setQueryData(key, data);
}
