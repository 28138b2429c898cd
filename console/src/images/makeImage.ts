import { useMutation, useMutationState, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { follow } from '../api/follow';
import { call, segment } from '../api/http';
import type { BuildImageRequest, ImportImageRequest, OperationView } from '../api/types';
import type { ImageDraft } from './imageDraft';
import { isFinished, isOperation, operationsKey } from './operations';

const publishKey = ['images', 'publish-made'];

const begin = ({ source, recipe, name, path, memoryMib, cpus }: ImageDraft): Promise<OperationView> => source === 'recipe'
  ? call<OperationView>('POST', '/images/build', { body: { recipe } satisfies BuildImageRequest })
  : call<OperationView>('POST', '/images/import', { body: { name, path, memoryMib, cpus } satisfies ImportImageRequest });

/** Waits for the end of a job, then publishes what it made; a job that failed tells so by itself. */
async function publishMade(operation: OperationView): Promise<void> {
  const path = `/operations/${segment(operation.id)}`;
  await follow(`${path}/events`, { onData: () => undefined, isLast: (data) => isOperation(data) && isFinished(data) }, new AbortController().signal);
  const ended = await call<OperationView>('GET', path);
  if (ended.state === 'succeeded' && ended.result !== null) await call('POST', `/images/${segment(ended.target)}/publish`, { body: { version: ended.result } });
}

/** Begins to make an image; it is published once it is made if that was wished, while the console stays open. */
export function useMakeImage(): UseMutationResult<OperationView, Error, ImageDraft> {
  const client = useQueryClient();
  const publish = useMutation({ mutationKey: publishKey, mutationFn: publishMade, onSettled: () => client.invalidateQueries({ queryKey: operationsKey }) });
  return useMutation({
    mutationFn: begin,
    onSuccess: (operation, draft) => {
      if (draft.publish) publish.mutate(operation);
      return client.invalidateQueries({ queryKey: operationsKey });
    },
  });
}

/** Why what was made could not be published, or null. */
export const usePublishMadeError = (): Error | null => useMutationState({ filters: { mutationKey: publishKey }, select: ({ state }) => state.error }).at(-1) ?? null;
