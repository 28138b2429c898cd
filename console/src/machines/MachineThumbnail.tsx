import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { apiBase, segment } from '../api/http';

const againMs = 5_000;

async function fetchPicture(name: string, signal: AbortSignal): Promise<string | null> {
  const response = await fetch(`${apiBase}/machines/${segment(name)}/thumbnail`, { credentials: 'same-origin', signal });
  if (!response.ok) return null;
  return await dataUrlOf(await response.blob());
}

/** The page allows pictures of data addresses, not of blobs. */
function dataUrlOf(picture: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : null);
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(picture);
  });
}

/** A small picture of a machine's screen, asked for only while it is in sight. */
export function MachineThumbnail({ name }: { name: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const seen = useInSight(frame);
  const picture = useQuery({
    queryKey: ['thumbnail', name], queryFn: ({ signal }) => fetchPicture(name, signal), enabled: seen, refetchInterval: seen ? againMs : false, retry: false,
  });
  return (
    <div ref={frame} className="mayfly-thumbnail" data-testid={`thumbnail-${name}`}>
      {typeof picture.data === 'string'
        ? <img src={picture.data} alt={`Screen of ${name}`} />
        : <span className="mayfly-subtle">{picture.isFetched ? 'No picture now' : ''}</span>}
    </div>
  );
}

function useInSight(frame: React.RefObject<HTMLDivElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (frame.current === null) return;
    const observer = new IntersectionObserver((entries) => setSeen(entries.some((entry) => entry.isIntersecting)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return seen;
}
