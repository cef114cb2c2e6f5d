/** A track's picture; a plain tile when it cannot be had. */
import { useState } from "preact/hooks";

export function Cover({ address, size }: { address: string; size: number }) {
  const [failed, setFailed] = useState<string | null>(null);
  return failed === address ? (
    <span class="cover" style={{ width: `${size}px`, height: `${size}px` }} />
  ) : (
    <img
      class="cover"
      src={address}
      alt=""
      width={size}
      height={size}
      loading="lazy"
      decoding="async"
      onError={() => setFailed(address)}
    />
  );
}
