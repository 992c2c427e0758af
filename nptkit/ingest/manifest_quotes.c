/* manifest_quotes.c - what <quotes> of study.xml says.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "manifest_quotes.h"

#include <string.h>

void npt__manifest_add_quotes(struct npt__form *form, struct npt__manifest *manifest, npt__xml *xml,
                              const struct npt__element *element)
{
    if (manifest->quotes_place.line) {
        const struct npt__place place = npt__xml_place(xml, NULL);
        npt__say(npt__form_fault(form), NPT_ERROR, &place,
                 "a second <quotes> in a study; the first is on line %zu",
                 manifest->quotes_place.line);
        npt__hint(form->diags, "put all released quotes into one file");
        return;
    }
    manifest->quotes_place = npt__xml_place(xml, NULL);
    manifest->quotes = npt__form_setting(form, xml, element, "file");
    manifest->quotes_by = npt__form_setting(form, xml, element, "by");
    const char *by = manifest->quotes_by.value;
    if (!by || (strcmp(npt__fold_name(manifest->arena, by), "site") != 0 &&
                strcmp(npt__fold_name(manifest->arena, by), "wave") != 0))
        return;
    npt__say(npt__form_fault(form), NPT_ERROR, &manifest->quotes_by.place,
             "'by' is %s, which is never told with a quote", npt__form_quote(form, by));
    npt__hint(form->diags,
              "name what many of those who were interviewed share, such as their role; "
              "or leave 'by' out");
}

void npt__manifest_check_quotes(struct npt__form *form, const struct npt__manifest *manifest)
{
    if (!manifest->quotes_place.line || manifest->codings.count || form->refused)
        return;
    npt__say(npt__form_fault(form), NPT_ERROR, &manifest->quotes_place,
             "<quotes> without a <coding>: quotes are of the cases of a coded export");
    npt__hint(form->diags, "name the export, too: <coding file=\"interviews.qdpx\"/>");
}
