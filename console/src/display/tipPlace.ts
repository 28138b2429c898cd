/** Where tips of the toolbar are put: inside of the display, which is the page's one landmark. */
export const tipPlace = (): HTMLElement => document.querySelector<HTMLElement>('.mayfly-display') ?? document.body;
