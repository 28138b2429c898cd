/** What the page that opened a desktop tells the page that shows it. */
export interface OpenedFrom { pool: string; since: number }
