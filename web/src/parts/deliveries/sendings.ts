import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { type Delivery, sendFile } from '../../queries/deliveries';

/** A file on its way. */
export interface SendingFile {
  number: number;
  name: string;
  /** In bytes. */
  size: number;
  /** From 0 to 1; null: it waits for its turn. */
  sent: number | null;
  delivery: Delivery | null;
  error: Error | null;
}

/**
 * Files that are sent from this page, one after another: they are read in the order in which they
 * came, and of two values for one step the later one stands.
 */
export function useSendings(): [SendingFile[], (files: readonly File[]) => void] {
  const queries = useQueryClient();
  const [sendings, setSendings] = useState<SendingFile[]>([]);
  const last = useRef<Promise<void>>(Promise.resolve());
  const count = useRef(0);
  const change = (number: number, to: Partial<SendingFile>) =>
    setSendings((all) => all.map((one) => (one.number === number ? { ...one, ...to } : one)));
  const send = async (number: number, file: File) => {
    change(number, { sent: 0 });
    try {
      const delivery = await sendFile(file, (sent) => change(number, { sent }));
      change(number, { sent: 1, delivery });
    } catch (error) {
      change(number, { error: error as Error });
    }
    await queries.invalidateQueries({ queryKey: ['deliveries', 'list'] });
  };
  const add = (files: readonly File[]) => {
    for (const file of files) {
      count.current += 1;
      const number = count.current;
      const { name, size } = file;
      const waiting = { number, name, size, sent: null, delivery: null, error: null };
      setSendings((all) => [...all, waiting]);
      last.current = last.current.then(() => send(number, file));
    }
  };
  return [sendings, add];
}
