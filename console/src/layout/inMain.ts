/** Where menus and popovers are put: within the page's main part, as assistive programs expect of content, and not cut by what scrolls. */
export const mainPart = (): HTMLElement => document.getElementById('main') ?? document.body;

export const inMain = { appendTo: mainPart };
