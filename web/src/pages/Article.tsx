import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { newsWords } from '../messages/news';
import { BackTogether } from '../parts/Back';
import { Heading } from '../parts/Heading';
import { Markdown } from '../parts/Markdown';
import { PageAnswer } from '../parts/PageAnswer';
import shared from '../parts/Together.module.css';
import { articleQuery, type Article as Data } from '../queries/news';
import { dayOf } from '../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';

/** One article, as it was written. */
export function Article() {
  const { article: id } = useParams({ from: '/inside/news/$article' });
  const query = useQuery(articleQuery(id));
  return (
    <>
      <BackTogether />
      <PageAnswer query={query}>{(data) => <OfArticle article={data} />}</PageAnswer>
    </>
  );
}

function OfArticle({ article }: { article: Data }) {
  const words = useWords(newsWords);
  const language = useLanguage();
  const { title, text, author, published_at, withdrawn_at } = article;
  return (
    <article>
      <Heading lang={OF_OPERATIONS}>{title}</Heading>
      <p className={shared.weak}>
        {author.name ?? words.staff}
        {published_at && ` · ${dayOf(published_at, language)}`}
      </p>
      {!published_at && <p className={shared.state}>{words.draft}</p>}
      {withdrawn_at && <p className={shared.state}>{words.withdrawn}</p>}
      <Markdown>{text}</Markdown>
    </article>
  );
}
