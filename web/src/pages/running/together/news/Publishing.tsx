import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { writingNewsWords } from '../../../../messages/running/togetherNews';
import { Answer } from '../../../../parts/Answer';
import { Card } from '../../../../parts/Card';
import type { Article } from '../../../../queries/news';
import { articleChanged, publishArticle } from '../../../../queries/newsDesk';
import { type Perimeter, perimeterQuery } from '../../../../queries/perimeters';
import { audienceOf } from '../../../../words/audiences';
import { dayAt } from '../../../../words/dates';
import { useWords } from '../../../../words/language';
import { Ticked } from '../Ticked';

/** Whom a draft is shown to and who is notified, and by what; then it is published. */
export function Publishing({ operation, article }: { operation: string; article: Article }) {
  const words = useWords(writingNewsWords);
  const perimeter = useQuery(perimeterQuery(operation));
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => publishArticle(article.id),
    onSuccess: (published) => articleChanged(queries, published),
  });
  return (
    <Card title={words.publish}>
      <Answer query={perimeter}>
        {(data) => (
          <Ticked
            attempt={attempt}
            onSend={() => attempt.mutate()}
            tick={words.read}
            submit={words.publish}
          >
            <Readers article={article} perimeter={data} />
            <p>{words.final}</p>
          </Ticked>
        )}
      </Answer>
    </Card>
  );
}

function Readers({ article, perimeter }: { article: Article; perimeter: Perimeter }) {
  const words = useWords(writingNewsWords);
  if (article.audience === 'organisers') return <p>{words.publishToNobody}</p>;
  const readers = audienceOf(perimeter, article.audience, dayAt(new Date())).length;
  return <p>{readers > 0 ? words.publishTo(readers) : words.publishToEmpty}</p>;
}
