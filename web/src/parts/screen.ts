import { useSyncExternalStore } from 'react';

const phone = window.matchMedia('(max-width: 40rem)');

function subscribe(changed: () => void): () => void {
  phone.addEventListener('change', changed);
  return () => phone.removeEventListener('change', changed);
}

/** Whether the page has a phone's width. */
export function useIsPhone(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches);
}
