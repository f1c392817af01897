import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { runTogetherWords } from '../../../../messages/running/together';
import { writingNewsWords } from '../../../../messages/running/togetherNews';
import { BackToOperationTogether } from '../../../../parts/Back';
import chips from '../../../../parts/Chip.module.css';
import { Heading } from '../../../../parts/Heading';
import { PageAnswer } from '../../../../parts/PageAnswer';
import { QuietButton } from '../../../../parts/QuietButton';
import { Refusal } from '../../../../parts/Refusal';
import shared from '../../../../parts/Together.module.css';
import { type Article, articleQuery } from '../../../../queries/news';
import { articleChanged, pinArticle, withdrawArticle } from '../../../../queries/newsDesk';
import { fullDayOf } from '../../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../../words/language';
import { Draft } from '../Draft';
import { Ticked } from '../Ticked';
import { Publishing } from './Publishing';
import { Writing } from './Writing';
import { Written } from './Written';

/** An article of an operation: a draft to be written, or what is published. */
export function OneArticle() {
  const { operation, article: id } = useParams({
    from: '/inside/o/$operation/together/news/$article',
  });
  const query = useQuery(articleQuery(id));
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <PageAnswer query={query}>
        {(article) => (
          <>
            <Heading lang={OF_OPERATIONS}>{article.title}</Heading>
            {article.state === 'draft' ? (
              <OfDraft operation={operation} article={article} />
            ) : (
              <OfPublished article={article} />
            )}
          </>
        )}
      </PageAnswer>
    </>
  );
}

function OfDraft({ operation, article }: { operation: string; article: Article }) {
  const words = useWords(runTogetherWords);
  return (
    <>
      <p>
        <span className={chips.chip}>{words.draft}</span>
      </p>
      <Draft next={<Publishing operation={operation} article={article} />}>
        {(onSaved) => (
          <Writing operation={operation} id={article.id} article={article} onSaved={onSaved} />
        )}
      </Draft>
    </>
  );
}

function OfPublished({ article }: { article: Article }) {
  const words = useWords(writingNewsWords);
  const { who, seeAsMember } = useWords(runTogetherWords);
  const language = useLanguage();
  const { id, state, text, audience, published_at, withdrawn_at } = article;
  return (
    <>
      {published_at && <p>{words.published(fullDayOf(published_at, language), who[audience])}</p>}
      {withdrawn_at && (
        <p className={shared.state}>{words.withdrawn(fullDayOf(withdrawn_at, language))}</p>
      )}
      <Written>{text}</Written>
      {state === 'published' && (
        <>
          <div className={shared.actions}>
            <Pinning article={article} />
            <Link className={shared.more} to="/news/$article" params={{ article: id }}>
              {seeAsMember}
            </Link>
          </div>
          <Withdrawing article={article} />
        </>
      )}
    </>
  );
}

function Pinning({ article }: { article: Article }) {
  const words = useWords(writingNewsWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => pinArticle(article.id, !article.is_pinned),
    onSuccess: (changed) => articleChanged(queries, changed),
  });
  return (
    <>
      <QuietButton onPress={() => !attempt.isPending && attempt.mutate()}>
        {article.is_pinned ? words.unpin : words.pin}
      </QuietButton>
      <Refusal error={attempt.error} />
    </>
  );
}

function Withdrawing({ article }: { article: Article }) {
  const words = useWords(writingNewsWords);
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: () => withdrawArticle(article.id),
    onSuccess: (changed) => articleChanged(queries, changed),
  });
  return (
    <details>
      <summary>{words.withdraw}</summary>
      <Ticked
        attempt={attempt}
        onSend={() => attempt.mutate()}
        tick={words.withdrawTick}
        submit={words.withdrawNow}
      >
        <p>{words.withdrawHelp}</p>
      </Ticked>
    </details>
  );
}
