import { type ReactNode, useState } from 'react';

interface OnDemandProps {
  summary: string;
  children: ReactNode;
}

/** Folded; what is in it is read from its first unfolding on, and stays as it was left. */
export function OnDemand({ summary, children }: OnDemandProps) {
  const [isWanted, want] = useState(false);
  return (
    <details onToggle={(event) => event.currentTarget.open && want(true)}>
      <summary>{summary}</summary>
      {isWanted && children}
    </details>
  );
}
