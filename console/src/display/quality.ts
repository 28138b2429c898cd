/** How much of the picture is given up for speed; the numbers are noVNC's. */
export interface Quality { name: string; label: string; qualityLevel: number; compressionLevel: number }

const balanced: Quality = { name: 'balanced', label: 'Balanced', qualityLevel: 6, compressionLevel: 2 };

export const qualities: readonly Quality[] = [
  { name: 'best', label: 'Best picture', qualityLevel: 9, compressionLevel: 1 },
  balanced,
  { name: 'slow', label: 'For a slow line', qualityLevel: 2, compressionLevel: 8 },
];

/** The quality of a name; what is not known is balanced. */
export const qualityNamed = (name: string): Quality => qualities.find((quality) => quality.name === name) ?? balanced;
