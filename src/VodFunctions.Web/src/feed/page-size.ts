/** Posts in one page of the feed: whole rows of two, three and four. */
export const PAGE_SIZE = 24;
