import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Failed } from './Failed';
import { QuietButton } from './QuietButton';

interface MoreProps {
  query: UseInfiniteQueryResult<unknown>;
  children: string;
}

/** Below a list: the next page of it, or why that did not come, and another try. */
export function More({ query, children }: MoreProps) {
  const { error, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = query;
  if (isFetchNextPageError && error) {
    return <Failed error={error} onRetry={() => void fetchNextPage()} />;
  }
  if (!hasNextPage) return null;
  return <QuietButton onPress={() => !isFetching && void fetchNextPage()}>{children}</QuietButton>;
}
