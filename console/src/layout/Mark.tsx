/** The mayfly at rest: wings upright, body arched, three tail threads. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg className={className} viewBox="0 0 48 48" role="img" aria-label="Mayfly">
      <path className="mayfly-mark__wing" d="M16 33C12 20 15 9 25 2c5 8 4 20-4 31z" />
      <path className="mayfly-mark__wing mayfly-mark__wing--near" d="M18 34C20 22 27 14 38 11c2 9-3 18-14 24z" />
      <g className="mayfly-mark__body" fill="none" strokeLinecap="round">
        <path strokeWidth="4.5" d="M11 37c4-3 8-3 12-2" />
        <path strokeWidth="3" d="M22 35c5 0 8-2 11-6" />
        <path strokeWidth="1.4" d="M33 29c3-5 7-9 13-11M33 29c4-3 8-5 13-5M33 29c4-1 8-1 12 1M9 37c-3-3-5-6-5-10M14 39c-1 3-3 5-6 6M18 38c1 3 1 5 0 8" />
      </g>
      <circle className="mayfly-mark__head" cx="9.5" cy="37.5" r="3" />
    </svg>
  );
}
