import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { runTogetherWords } from '../../../../messages/running/together';
import { writingNewsWords } from '../../../../messages/running/togetherNews';
import { Answer } from '../../../../parts/Answer';
import { BackToOperationTogether } from '../../../../parts/Back';
import go from '../../../../parts/Go.module.css';
import { Heading } from '../../../../parts/Heading';
import { More } from '../../../../parts/More';
import { operationNewsQuery } from '../../../../queries/newsDesk';
import { useLanguage, useWords } from '../../../../words/language';
import { Lines } from '../Listed';
import { articleLine } from '../lines';

/** All that an operation has written: drafts, what is published, what was withdrawn. */
export function AllNews() {
  const { operation } = useParams({ from: '/inside/o/$operation/together/news' });
  const words = useWords(writingNewsWords);
  const { newArticle } = useWords(runTogetherWords);
  const language = useLanguage();
  const query = useInfiniteQuery({
    ...operationNewsQuery(operation),
    select: ({ pages }) => pages.flat(),
  });
  return (
    <>
      <BackToOperationTogether operation={operation} />
      <Heading>{words.title}</Heading>
      <p>
        <Link className={go.go} to="/o/$operation/together/news/new" params={{ operation }}>
          {newArticle}
        </Link>
      </p>
      <Answer query={query}>
        {(articles) => (
          <>
            {articles.length === 0 && <p>{words.none}</p>}
            <Lines
              level={2}
              lines={articles.map((article) => articleLine(article, operation, language))}
            />
          </>
        )}
      </Answer>
      <More query={query}>{words.more}</More>
    </>
  );
}
