import { useInfiniteQuery } from '@tanstack/react-query';
import { newsWords } from '../messages/news';
import { Answer } from '../parts/Answer';
import { BackTogether } from '../parts/Back';
import { Heading } from '../parts/Heading';
import { More } from '../parts/More';
import shared from '../parts/Together.module.css';
import { newsQuery } from '../queries/news';
import { useWords } from '../words/language';
import { ArticleLine } from './ArticleLine';

/** All news: what stands above the others first, then the latest. */
export function News() {
  const words = useWords(newsWords);
  const query = useInfiniteQuery({ ...newsQuery, select: ({ pages }) => pages.flat() });
  return (
    <>
      <BackTogether />
      <Heading>{words.title}</Heading>
      <Answer query={query}>
        {(articles) => (
          <>
            {articles.length === 0 && <p>{words.none}</p>}
            <ul className={shared.list}>
              {articles.map((article) => (
                <ArticleLine key={article.id} article={article} level={2} />
              ))}
            </ul>
          </>
        )}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}
