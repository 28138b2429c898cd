/** The mayfly: two raised wings, a slender body and three tail threads. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 48 48" role="img" aria-label="Mayfly">
      <path className="mayfly-mark__wing" d="M22 26C10 24 5 14 8 4c9 1 15 9 15.5 20z" />
      <path className="mayfly-mark__wing mayfly-mark__wing--near" d="M24 25C22 13 28 5 40 4c3 10-3 19-13 22z" />
      <g className="mayfly-mark__body" fill="none" strokeLinecap="round">
        <path strokeWidth="4" d="M19 29c3-3 6-4 10-4" />
        <path strokeWidth="3" d="M19 29c-4 3-6 6-7 9" />
        <path strokeWidth="1.5" d="M12 38c-2 3-5 5-9 6M12 38c-1 3-2 5-4 7M12 38c0 3 0 5 1 8M30 25c3-2 6-2 9 0M30 26c3 0 6 1 8 4" />
      </g>
      <circle className="mayfly-mark__head" cx="30.5" cy="25.5" r="3" />
    </svg>
  );
}
