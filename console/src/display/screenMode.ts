/** How the desktop gets into the window: its picture scaled, its screen given the window's size, or each pixel as one. */
export type ScreenMode = 'fit' | 'resize' | 'actual';

export interface ScreenSize { width: number; height: number }

export type Resize = (size: ScreenSize, signal: AbortSignal) => Promise<unknown>;

export const screenModes: readonly (readonly [ScreenMode, string])[] = [
  ['fit', 'Fit to window'], ['resize', 'Resize the desktop to the window'], ['actual', 'Actual size'],
];

export const modeNamed = (name: string): ScreenMode => screenModes.find(([mode]) => mode === name)?.[0] ?? 'fit';

const least: ScreenSize = { width: 640, height: 480 };
const most: ScreenSize = { width: 4096, height: 2304 };

/** The size to ask for, for a window, within what a desktop can have; some graphics cards want even numbers. */
export function sizeFor({ width, height }: ScreenSize): ScreenSize {
  const even = (value: number) => Math.floor(value / 2) * 2;
  const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, even(value)));
  return { width: within(width, least.width, most.width), height: within(height, least.height, most.height) };
}
