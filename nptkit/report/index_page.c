/* index_page.c - index.html of a batch: links to every report in every format.
 *
 * It names all sites, so it is for whoever sends the reports out, and says so.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "index_page.h"

#include "format.h"
#include "html.h"

/* Names of files are of letters, digits and hyphens: they need no escaping within a link. */
static void put_links(struct npt__html *html, const struct npt__index_page *page,
                      const struct npt__index_entry *entry)
{
    for (size_t i = 0; i < page->format_count; i++) {
        npt__put(html->output, i ? ", <a href=\"" : "<a href=\"");
        npt__html_text(html, entry->name);
        npt__html_text(html, page->formats[i]->extension);
        npt__put(html->output, page->formats[i]->write_folder ? "/contents.csv" : "");
        npt__put(html->output, "\" aria-label=\"");
        npt__html_text(html, page->formats[i]->name);
        npt__put(html->output, " of ");
        npt__html_text(html, entry->site ? entry->site : entry->name);
        npt__put(html->output, "\">");
        npt__html_text(html, page->formats[i]->name);
        npt__put(html->output, "</a>");
    }
}

static size_t count(const struct npt__index_page *page, bool of_sites)
{
    size_t found = 0;
    for (size_t i = 0; i < page->entry_count; i++)
        found += (page->entries[i].site != NULL) == of_sites;
    return found;
}

static void put_rows(struct npt__html *html, const struct npt__index_page *page, bool of_sites)
{
    if (!count(page, of_sites))
        return;
    npt__put(html->output, of_sites ? "<h2>One site each</h2>\n" : "<h2>All sites</h2>\n");
    npt__put(html->output, "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
    npt__put(html->output, of_sites ? "Reports on one site" : "Reports on all sites");
    npt__put(html->output, "\"><table>\n<thead><tr><th scope=\"col\">");
    npt__put(html->output, of_sites ? "Site" : "Report");
    npt__put(html->output, "</th><th scope=\"col\">Files</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < page->entry_count; i++) {
        const struct npt__index_entry *entry = &page->entries[i];
        if ((entry->site != NULL) != of_sites)
            continue;
        npt__put(html->output, "<tr><th scope=\"row\">");
        npt__html_text(html, entry->site ? entry->site : entry->name);
        npt__put(html->output, "</th><td>");
        put_links(html, page, entry);
        if (!entry->site && entry->about) {
            npt__put(html->output, "<br/>");
            npt__html_text(html, entry->about);
        }
        npt__put(html->output, "</td></tr>\n");
    }
    npt__put(html->output, "</tbody>\n</table></div>\n");
}

void npt__index_page(npt_output *output, const struct npt__index_page *page)
{
    struct npt__html html = {.output = output};
    npt__html_head(&html, page->title, page->language);
    npt__put(output, "<header>\n<h1>");
    npt__html_text(&html, page->title);
    npt__put(output, "</h1>\n" NPT__INDEX_PAGE_SAYS "\n</header>\n<main id=\"report\" "
                     "tabindex=\"-1\">\n");
    put_rows(&html, page, false);
    put_rows(&html, page, true);
    npt__put(
        output,
        "<section class=\"box\" aria-labelledby=\"send\">\n<h2 id=\"send\">Before you send them</h2>\n"
        "<p>The tables of all these reports were protected together: they may go out together. Reports "
        "of the same people that are made at another time, or by another recipe, were not protected "
        "with them.</p>\n"
        "<p>This page names every site, and so does <a href=\"manifest.csv\">manifest.csv</a>. "
        "<a href=\"disclosure.csv\">disclosure.csv</a> tells which cells were withheld, and why: it is "
        "for whoever answers for the data. Keep the three where they are; send single reports.</p>\n"
        "</section>\n</main>\n<footer>\n<p>Made with nptkit ");
    npt__html_text(&html, npt_version());
    npt__put(output, ".</p>\n</footer>\n</body>\n</html>\n");
    npt__buffer_release(&html.plain);
    npt__buffer_release(&html.joined);
}
