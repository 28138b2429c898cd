// Points in time that tests and benchmarks read: performance.measure('', 'mayfly:click', 'mayfly:first-frame').
const click = 'mayfly:click';
const connected = 'mayfly:connected';
const firstFrame = 'mayfly:first-frame';
const page = document.documentElement.dataset;

function clearDisplay(): void {
  delete page.display;
  delete page.firstFrame;
}

export function markClick(): void {
  for (const name of [click, connected, firstFrame]) performance.clearMarks(name);
  clearDisplay();
  performance.mark(click);
}

export function markConnected(): void {
  performance.mark(connected);
  page.display = 'connected';
}

export function markFirstFrame(): void {
  performance.mark(firstFrame);
  page.firstFrame = '1';
}

export const markGone = clearDisplay;
