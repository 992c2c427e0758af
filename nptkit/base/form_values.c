/* form_values.c - what the attributes of a hand-written XML file mean: ids, numbers, shares, words.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "form_values.h"

#include <string.h>

#define MOST_DIGITS 9 /* of a share: as many as a double tells apart without a second thought */

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_"
#define DIGITS "0123456789"

void npt__form_check_id(struct npt__form *form, const struct npt__setting *id)
{
    if (!id->value ||
        (strspn(id->value, LETTERS) && !id->value[strspn(id->value, LETTERS DIGITS ".-")]))
        return;
    npt__say(npt__form_fault(form), NPT_ERROR, &id->place, "'id' is %s, which is not an id",
             npt__form_quote(form, id->value));
    npt__hint(form->diags, "an id begins with a letter or '_' and has letters a-z, digits, '.', "
                           "'-' and '_' only: nomad.4");
}

int npt__form_whole(struct npt__form *form, const struct npt__setting *setting, const char *name,
                    int largest)
{
    if (!setting->value)
        return -1;
    int number = 0;
    const char *digit = setting->value;
    for (; *digit >= '0' && *digit <= '9' && number <= largest; digit++)
        number = number * 10 + (*digit - '0');
    if (!*digit && number <= largest)
        return number;
    npt__say(npt__form_fault(form), NPT_ERROR, &setting->place,
             "'%s' is %s, which is not a whole number from 0 to %d", name,
             npt__form_quote(form, setting->value), largest);
    npt__hint(form->diags, "write digits only");
    return -1;
}

/* Digits with at most one point among or before them. */
static bool read_share(const char *text, double *share)
{
    double whole = 0, scale = 1;
    size_t digits = 0;
    bool after_point = false;
    for (; *text && digits <= MOST_DIGITS; text++) {
        if (*text == '.' && !after_point) {
            after_point = true;
        } else if (*text >= '0' && *text <= '9') {
            whole = whole * 10 + (*text - '0');
            scale *= after_point ? 10 : 1;
            digits++;
        } else {
            return false;
        }
    }
    if (*text || !digits || text[-1] == '.' || whole <= 0 || whole > scale)
        return false;
    *share = whole / scale;
    return true;
}

void npt__form_share(struct npt__form *form, const struct npt__setting *setting, const char *name,
                     double *share)
{
    if (!setting->value || read_share(setting->value, share))
        return;
    npt__say(npt__form_fault(form), NPT_ERROR, &setting->place,
             "'%s' is %s, which is not a share above 0 and at most 1", name,
             npt__form_quote(form, setting->value));
    npt__hint(form->diags, "a half is 0.5, with a point; all is 1");
}

bool npt__form_choice(struct npt__form *form, const struct npt__setting *setting, const char *name,
                      const char *first, const char *second)
{
    if (!setting->value || strcmp(setting->value, first) == 0)
        return false;
    if (strcmp(setting->value, second) == 0)
        return true;
    const char *const words[] = {first, second};
    npt__say(npt__form_fault(form), NPT_ERROR, &setting->place, "'%s' is %s, neither '%s' nor '%s'",
             name, npt__form_quote(form, setting->value), first, second);
    npt__hint(form->diags, "%swithout the attribute it is '%s'",
              npt__form_near(form, setting->value, words, 2), first);
    return false;
}

bool npt__form_check_language(struct npt__form *form, const struct npt__setting *setting)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    if (!setting->value)
        return true;
    size_t length = strspn(setting->value, letters);
    const char *at = setting->value + length;
    bool good = length == 2 || length == 3;
    for (; good && *at == '-'; at += length) {
        at++;
        length = strspn(at, signs);
        good = length >= 1 && length <= 8;
    }
    if (good && !*at)
        return true;
    npt__say(npt__form_fault(form), NPT_ERROR, &setting->place, "%s is no tag of a language",
             npt__form_quote(form, setting->value));
    npt__hint(form->diags, "write it as in lang=\"en\", lang=\"de\" or lang=\"pt-BR\"");
    return false;
}
