const DRAWINGS = {
  month: 'M4 5h16v15H4zM4 10h16M9 10v10M15 10v10M8 3v4M16 3v4',
  day: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  invoice: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
  together:
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 20c0-4 3-6 6-6s6 2 6 6M16 11a3 3 0 0 0 0-6M17 14c3 0 4 2 4 6',
  me: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 21c0-5 4-7 8-7s8 2 8 7',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 21h4',
  before: 'M15 5l-7 7 7 7',
  after: 'M9 5l7 7-7 7',
  done: 'M5 13l4 4 10-10',
  alert: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  home: 'M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.5M4 12h.5M4 18h.5',
  question: 'M4 5h16v12h-8l-5 4v-4H4zM12 13.500v.5M9.500 8.500a2.500 2 0 1 1 2.500 2.500',
  document: 'M6 3h9l4 4v14H6zM14 3v5h5',
  more: 'M5 12h.5M12 12h.5M19 12h.5',
  key: 'M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12l9-9M16 7l3 3',
  settings: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  place: 'M12 21s7-6.500 7-12a7 7 0 1 0-14 0c0 5.500 7 12 7 12zM12 11a2 2 0 1 0 0-4 2 2 0 0 0 0 4z',
} as const;

export type IconName = keyof typeof DRAWINGS;

/** Beside words that say the same; who listens does not hear it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg
      width="24"
      height="24"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={DRAWINGS[name]} />
    </svg>
  );
}
