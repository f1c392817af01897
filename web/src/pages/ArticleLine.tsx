import { Link } from '@tanstack/react-router';
import { newsWords } from '../messages/news';
import shared from '../parts/Together.module.css';
import type { Article } from '../queries/news';
import { dayOf } from '../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../words/language';

interface ArticleLineProps {
  article: Article;
  /** Of its heading. */
  level?: 2 | 3;
}

/** An article in a list: its title leads to it. */
export function ArticleLine({ article, level = 3 }: ArticleLineProps) {
  const Title = `h${level}` as const;
  const words = useWords(newsWords);
  const language = useLanguage();
  const { author, published_at, is_pinned } = article;
  return (
    <li>
      <Title className={shared.title} lang={OF_OPERATIONS}>
        <Link to="/news/$article" params={{ article: article.id }}>
          {article.title}
        </Link>
      </Title>
      <p className={shared.weak}>
        {is_pinned && `${words.pinned} · `}
        {author.name ?? words.staff}
        {published_at && ` · ${dayOf(published_at, language)}`}
      </p>
    </li>
  );
}
