/* test_docx_order.c - the children of every element of a Word file stand in the order of the schema: Word calls a file
 * in which they do not "unreadable".
 *
 * The lists are those of wml.xsd (and of wp:inline and pic:pic) of ISO/IEC 29500-4:2016, transitional, copied out by
 * hand. "*" stands for any of the choices that may stand there in any order.
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "docx_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct {
    const char *element, *children;
} orders[] = {
    {"document", "background body"},
    {"body", "* sectPr"},
    {"p", "pPr *"},
    {"r", "rPr *"},
    {"hyperlink", "*"},
    {"fldSimple", "fldData *"},
    {"pPr",
     "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
     "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
     "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
     "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"},
    {"rPr",
     "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
     "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl "
     "cs em lang eastAsianLayout specVanish oMath"},
    {"numPr", "ilvl numId numberingChange ins"},
    {"pBdr", "top left bottom right between bar"},
    {"sectPr",
     "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
     "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
     "sectPrChange"},
    {"tbl", "* tblPr tblGrid tr"},
    {"tblPr",
     "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
     "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"},
    {"tblGrid", "gridCol tblGridChange"},
    {"tblBorders", "top left start bottom right end insideH insideV"},
    {"tblCellMar", "top left start bottom right end"},
    {"tr", "tblPrEx trPr tc"},
    {"trPr", "*"},
    {"tc", "tcPr p"},
    {"tcPr",
     "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"},
    {"tcBorders", "top left start bottom right end insideH insideV tl2br tr2bl"},
    {"styles", "docDefaults latentStyles style"},
    {"docDefaults", "rPrDefault pPrDefault"},
    {"rPrDefault", "rPr"},
    {"pPrDefault", "pPr"},
    {"style",
     "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
     "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"},
    {"tblStylePr", "pPr rPr tblPr trPr tcPr"},
    {"numbering", "numPicBullet abstractNum num numIdMacAtCleanup"},
    {"abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl"},
    {"lvl",
     "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"},
    {"num", "abstractNumId lvlOverride"},
    {"settings",
     "writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries "
     "displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts "
     "embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader "
     "bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState "
     "formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge "
     "revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride "
     "styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone "
     "doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders "
     "bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing "
     "drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery "
     "doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData "
     "noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter "
     "noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent "
     "alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt "
     "showXMLTags alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids "
     "mathPr attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats "
     "doNotAutoCompressPictures forceUpgrade captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults "
     "doNotEmbedSmartTags decimalSymbol listSeparator"},
    {"compat", "*"},
    {"ftr", "*"},
    {"drawing", "inline"},
    {"inline", "extent effectExtent docPr cNvGraphicFramePr graphic"},
    {"pic", "nvPicPr blipFill spPr"},
    {"nvPicPr", "cNvPr cNvPicPr"},
    {"blipFill", "blip srcRect tile stretch"},
    {"spPr", "xfrm custGeom prstGeom"},
    {"xfrm", "off ext"},
};

static const char *order_of(const xmlNode *node)
{
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
        if (strcmp(orders[i].element, (const char *)node->name) == 0)
            return orders[i].children;
    return NULL;
}

/* The place of a name in a list, from 1; that of "*" for one that is not in it; 0 where there is no "*" either. */
static size_t place(const char *list, const char *name)
{
    size_t index = 0, any = 0;
    while (*list) {
        const size_t length = strcspn(list, " ");
        index++;
        if (length == strlen(name) && strncmp(list, name, length) == 0)
            return index;
        any = *list == '*' ? index : any;
        list += length + (list[length] == ' ');
    }
    return any;
}

/* The first element whose children are out of order, or of which one may not be there; NULL where all is well. An
   element that is in no list may have no children. */
static const xmlNode *find_fault(xmlNode *root)
{
    for (xmlNode *node = root; node; node = docx_next(node)) {
        size_t last = 0;
        for (xmlNode *child = node->children; child; child = child->next) {
            if (child->type != XML_ELEMENT_NODE)
                continue;
            const char *list = order_of(node);
            const size_t now = list ? place(list, (const char *)child->name)
                               : node->ns && strcmp((const char *)node->ns->prefix, "w") == 0 ? 0
                                                                                              : 1;
            if (!now || now < last)
                return node;
            last = now;
        }
    }
    return NULL;
}

static const char *const checked[] = {"word/document.xml", "word/styles.xml", "word/numbering.xml",
                                      "word/settings.xml", "word/footer1.xml"};
#define CHECKED (sizeof checked / sizeof *checked)

static void children_stand_in_the_order_of_the_schema(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    for (size_t i = 0; i < CHECKED; i++) {
        xmlNode *root = docx_root(&file, checked[i]);
        const xmlNode *fault = find_fault(root);
        if (fault)
            fail_msg("%s: the children of <%s>", checked[i], fault->name);
    }
    docx_close(&file);
    docx_end(&world);
}

/* The first two children that the list tells apart, or false. */
static bool find_pair(xmlNode *node, xmlNode **first, xmlNode **second)
{
    const char *list = order_of(node);
    *first = NULL;
    for (xmlNode *child = node->children; child && list; child = child->next) {
        if (child->type != XML_ELEMENT_NODE)
            continue;
        *second = child;
        if (*first &&
            place(list, (const char *)child->name) > place(list, (const char *)(*first)->name))
            return true;
        *first = child;
    }
    return false;
}

/* Every pair of neighbours in every element of every part is exchanged in turn; each time that must be found. */
static void an_order_that_is_broken_is_found(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    bool broken[sizeof orders / sizeof *orders] = {false};
    size_t kinds = 0;
    for (size_t i = 0; i < CHECKED; i++) {
        xmlNode *root = docx_root(&file, checked[i]), *first, *second;
        for (xmlNode *node = root; node; node = docx_next(node)) {
            size_t kind = 0;
            while (kind < sizeof orders / sizeof *orders &&
                   strcmp(orders[kind].element, (const char *)node->name) != 0)
                kind++;
            if (kind == sizeof orders / sizeof *orders || broken[kind] ||
                !find_pair(node, &first, &second))
                continue;
            broken[kind] = true;
            kinds++;
            xmlAddPrevSibling(first, second);
            assert_ptr_equal(find_fault(root), node);
            xmlAddNextSibling(first, second);
            assert_null(find_fault(root));
        }
    }
    assert_true(kinds >= 25);
    docx_close(&file);
    docx_end(&world);
}

static void an_element_that_does_not_belong_is_found(void **state)
{
    (void)state;
    struct docx_world world = docx_everything("x");
    struct docx_file file = docx_make(world.document);
    xmlNode *properties = docx_nth(docx_body(&file), "pPr", 0);
    xmlNewChild(properties, properties->ns, (const xmlChar *)"tblHeader", NULL);
    assert_ptr_equal(find_fault(docx_body(&file)), properties);
    docx_close(&file);
    docx_end(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(children_stand_in_the_order_of_the_schema),
        cmocka_unit_test(an_order_that_is_broken_is_found),
        cmocka_unit_test(an_element_that_does_not_belong_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
