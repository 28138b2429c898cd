import type { ImageView, PoolView } from '../api/types';
import type { Choice } from '../layout/fields';
import { formatDateTime } from '../layout/format';

/** The versions a pool can move to, newest first; a version that is not published is published by the push. */
export function versionChoices(pool: PoolView, images: readonly ImageView[], publishedOnly: boolean): Choice<string>[] {
  const versions = images.find((image) => image.name === pool.image)?.versions ?? [];
  return versions
    .filter((version) => !publishedOnly || version.warm !== null || pool.provisioning !== 'Instant')
    .map(({ version, createdAt, warm }) => {
      const current = version === pool.version;
      const state = current ? 'the pool has it' : pool.provisioning !== 'Instant' ? 'needs no publishing' : warm === null ? 'will be published first' : 'published';
      return { value: version, label: `${version}, made ${formatDateTime(createdAt)}: ${state}`, disabled: current };
    });
}
