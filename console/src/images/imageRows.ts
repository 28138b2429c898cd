import type { ImageVersionView, ImageView } from '../api/types';

/** A version of an image, as a row. */
export interface ImageRow extends ImageVersionView { name: string; newest: boolean }

export const rowKey = ({ name, version }: { name: string; version: string }): string => `${name}@${version}`;

/** Every version of every image; the newest of each is marked. */
export const imageRows = (images: readonly ImageView[]): ImageRow[] => images.flatMap(({ name, versions }) => {
  const newest = versions.reduce<string>((last, { createdAt }) => createdAt > last ? createdAt : last, '');
  return versions.map((version) => ({ ...version, name, newest: version.createdAt === newest }));
});
