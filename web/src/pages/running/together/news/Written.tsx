import { lazy, Suspense } from 'react';
import { Loading } from '../../../../parts/Loading';

const Markdown = lazy(async () => {
  const { Markdown: default_ } = await import('../../../../parts/Markdown');
  return { default: default_ };
});

/** Markdown as members read it; what reads it is loaded where it is shown. */
export function Written({ children }: { children: string }) {
  return (
    <Suspense fallback={<Loading />}>
      <Markdown>{children}</Markdown>
    </Suspense>
  );
}
