/* test_mixed_model.c - random-intercept models against fits in 40 and 50 digits, and against lmer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "fixture.h"
#include "grouped_data.h"
#include "reference_data.h"

#include <math.h>

/* Fits by Python's mpmath in 40 digits: the profiled criterion's root by its numerical derivative,
   Satterthwaite's degrees from numerical second derivatives of the full criterion and numerical gradients,
   limits by bisection, F and t tails by the incomplete beta function. Where the 50-digit fits of the reference
   give the same number (fixed effects, errors, variances, criterion) all 17 digits are equal. */
struct fit {
    enum grouped_set set;
    enum npt__mixed_method method;
    double variances
        [9]; /* ratio, sigma^2, tau^2, icc, its interval, criterion, statistic and p of groups */
    double effects
        [4][6]; /* estimate, error, freedom, p, interval; then of 1, 2, 2 ... times the effects */
    double covariance; /* of the intercept and the last effect */
    double group
        [11]; /* the first one's: mean, weight, effect, both errors, interval; estimate, error, interval */
};

static const struct fit fits[] = {
    {GROUPED_DYES,
     NPT__MIXED_REML,
     {0.71965323814380418, 2451.25, 1764.05, 0.41848741489336465, 0.068613715547641366,
      0.81874986578480551, 319.65427684225746, 6.3689553136211649, 0.0058066972177269066},
     {{1527.5, 19.383412152318968, 5.0, 6.2344755811758716e-9, 1477.6733528085966,
       1577.3266471914034}},
     375.71666666666667,
     {1505.0, 0.78252672670008428, -17.606851350751896, 19.586570086789476, 24.77303183848511,
      -66.161101542046797, 30.947398840543004, 1509.8931486492481, 20.035046954539361,
      1470.6251781897821, 1549.1611191087141}},
    {GROUPED_SLEEP,
     NPT__MIXED_REML,
     {1.4349201605299516, 960.45657892875936, 1378.1785084185035, 0.58930891607454036,
      0.41284616796754857, 0.76535831219532536, 1786.4650853949211, 107.19857807718743,
      2.0136277269326317e-25},
     {{251.40510484848485, 9.746716254209146, 22.810199116937622, 2.2413504335597438e-18,
       231.23319864201541, 271.57701105495429},
      {10.46728595959596, 0.80422142909943253, 161.0, 6.412601369744315e-27, 8.8791029738502137,
       12.055468945341705},
      {272.33967676767677, 9.2705807931189779, 18.714703775940168, 4.0557695306328547e-17,
       252.91608834828643, 291.76326518706711}},
     -2.9104744816023011,
     {342.13383, 0.93485003157071461, 40.783709828218716, 9.4756681196306746, 12.702972914825119,
      15.886340418573688, 65.681079237863743, 339.29160149488538, 9.4939937891174798,
      320.68371559876816, 357.89948739100261}},
    {GROUPED_SITES,
     NPT__MIXED_REML,
     {0.31920576405153925, 0.43229601365414394, 0.13799137933490566, 0.24196813927737538,
      0.07867186754683885, 0.62754202110584489, 316.2771803899031, 26.058588851478116,
      1.6560608292500652e-7},
     {{3.3208046120725248, 0.20825061715791956, 13.867667194367566, 2.5922271963158324e-10,
       2.8737512646787488, 3.7678579594663007},
      {0.11583333333333333, 0.065749221566049277, 143.10412993641747, 0.080247880055541281,
       -0.014131832953537057, 0.24579849962020372},
      {3.5524712787391914, 0.16148213214002539, 5.09691664700694, 3.003061151263129e-6,
       3.1397311062321555, 3.9652114512462273}},
     -0.0086459202730828788,
     {2.8090277777777778, 0.8845390694330904, -0.65760482251648768, 0.12622445511159724,
      0.19061766563896248, -1.0312085819859524, -0.28400106304702299, 2.8948664562227037,
      0.12759406144397341, 2.6447866911513251, 3.1449462212940824}},
    {GROUPED_PEOPLE,
     NPT__MIXED_REML,
     {0.62174347456297532, 0.3432624716553288, 0.21342120181405896, 0.38337966781739122,
      0.20700101601117013, 0.5540150202011552, 323.30258226494094, 19.494973113681332,
      5.0432386634115421e-6},
     {{3.4983333333333333, 0.10551622372596432, 113.60475353597362, 3.0105134015641885e-60,
       3.2892987059242365, 3.7073679607424302},
      {0.033333333333333333, 0.1171772113775249, 98.0, 0.77665089344827754, -0.19920102905542583,
       0.26586769572209249},
      {0.23166666666666667, 0.1171772113775249, 98.0, 0.050844278139310764, -0.0008676957220924943,
       0.46420102905542583},
      {4.0283333333333333, 0.34781843596780917, 108.83870441333141, 1.0670145728393932e-20,
       3.3389570343802349, 4.7177096322864317}},
     -0.006865249433106576,
     {2.5, 0.650987930418343, -0.70740688438793272, 0.27292228809265323, 0.27796630707201871,
      -1.2522108351646908, -0.16260293361117467, 2.8792597822787339, 0.27438159615520283,
      2.3414817357939226, 3.4170378287635453}},
    {GROUPED_DYES,
     NPT__MIXED_ML,
     {0.56637769845317015, 2451.25, 1388.3333333333333, 0.36158437330439501, 0.041632974035864764,
      0.75979116898655751, 327.32705988113511, 5.4028260936459699, 0.010052086152031305},
     {{1527.5, 17.69455346207477, 6.0, 1.6275584426086604e-10, 1484.202987432931,
       1570.797012567069}},
     313.09722222222222,
     {1505.0, 0.73903207204010114, -16.628221620902276, 19.034454899409638, 23.093598319020617,
      -61.890842599617423, 28.634399357812872, 1510.8717783790977, 19.586570086789476,
      1472.4828064283208, 1549.2607503298747}},
    {GROUPED_SLEEP,
     NPT__MIXED_ML,
     {1.3586508357831217, 954.52783461438431, 1296.8700402770866, 0.57602881069593373,
      0.40281501253026152, 0.75134985045903425, 1794.0786430052257, 106.21441335113802,
      3.3086797291407303e-25},
     {{251.40510484848485, 9.5061851780462453, 24.490544716376626, 1.5884813398281213e-19,
       231.8060783143042, 271.00413138266549},
      {10.46728595959596, 0.80173542182506381, 162.0, 4.4627327478677387e-27, 8.8840863659837363,
       12.050485553208183},
      {272.33967676767677, 9.020456808099019, 19.912308462978405, 4.2085288832798612e-18,
       253.5180199234282, 291.16133361192533}},
     -2.8925085897405585,
     {342.13383, 0.93144349727375852, 40.635096573049324, 9.4291502507827814, 12.490709671943996,
      16.153755474692975, 65.116437671405673, 339.14298823971599, 9.4484085936400106,
      320.62444768496283, 357.66152879446916}},
    {GROUPED_SITES,
     NPT__MIXED_ML,
     {0.26217967655372784, 0.42923224916805297, 0.11253597225330924, 0.20771977351876455,
      0.068600132990873053, 0.54352963654146887, 310.76671456963116, 24.436011868348624,
      3.8409619954076123e-7},
     {{3.3212664335680403, 0.19742762646694654, 19.064368355249811, 6.7829462398760835e-13,
       2.9081400721828429, 3.7343927949532377},
      {0.11583333333333333, 0.065515818637032459, 144.144687323299, 0.079173011265424004,
       -0.013662498761149395, 0.24532916542781606},
      {3.552933100234707, 0.14767659843607602, 6.1347712573992975, 2.6349493797656965e-7,
       3.1934970569557316, 3.9123691435136824}},
     -0.0085846449833610593,
     {2.8090277777777778, 0.86286928377991434, -0.64189305278847676, 0.12422615858030861,
      0.1779590463994118, -0.9906863744544163, -0.29309973112253722, 2.9110400474462303,
      0.12586596594779329, 2.6643472873092105, 3.15773280758325}},
    {GROUPED_PEOPLE,
     NPT__MIXED_ML,
     {0.62174347456297532, 0.33639722222222222, 0.20915277777777778, 0.38337966781739122,
      0.20875181357011259, 0.55237988026768067, 314.89460742140933, 19.892829707838094,
      4.0953475237292962e-6},
     {{3.4983333333333333, 0.10445573225055674, 115.92321789385063, 1.9148065809674968e-61,
       3.2914441496469362, 3.7052225170197305},
      {0.033333333333333333, 0.11599952107180826, 100.0, 0.77443322028349197, -0.1968064126355069,
       0.26347307930217357},
      {0.23166666666666667, 0.11599952107180826, 100.0, 0.048527716978442673, 0.0015269206978264285,
       0.4618064126355069},
      {4.0283333333333333, 0.34432268457235157, 111.05990246258307, 4.3302341967177176e-21,
       3.3460390031134291, 4.7106276635532375}},
     -0.0067279444444444444,
     {2.5, 0.650987930418343, -0.70740688438793272, 0.27017928090616908, 0.27517260494080926,
      -1.2467352796039875, -0.16807848917187799, 2.8792597822787339, 0.27162392218378572,
      2.3468866774590037, 3.4116328870984642}},
};
#define FITS (sizeof fits / sizeof *fits)

static void expect_effect(struct npt__mixed_effect effect, const double *expected)
{
    assert_true(effect.defined && effect.interval.defined);
    reference_expect(effect.estimate, expected[0], 1e-14);
    reference_expect(effect.error, expected[1], 1e-14);
    reference_expect(effect.freedom, expected[2], 1e-13);
    reference_expect(effect.p, expected[3], 2e-13);
    reference_expect(effect.t, expected[0] / expected[1], 1e-14);
    reference_expect(effect.interval.low, expected[4], 1e-13);
    reference_expect(effect.interval.high, expected[5], 1e-13);
}

static void expect_group(const struct npt__mixed_group *group, const double *expected)
{
    const double actual[] = {group->mean,
                             group->weight,
                             group->effect,
                             group->conditional_error,
                             group->prediction_error,
                             group->effect_interval.low,
                             group->effect_interval.high,
                             group->estimate,
                             group->estimate_error,
                             group->estimate_interval.low,
                             group->estimate_interval.high};
    for (size_t i = 0; i < 11; i++)
        reference_expect(actual[i], expected[i], 1e-13);
}

static void expect_fit(const struct fit *fit)
{
    struct grouped_data set = grouped_read(fit->set);
    struct npt__mixed_data data = grouped_mixed(&set);
    const struct npt__mixed_options options = {.method = fit->method, .confidence = 0.95};
    struct npt__mixed_model model;
    struct npt__mixed_group groups[60];
    const double weights[] = {1, 2, 2};
    npt__mixed_model(&data, &options, &model, groups);
    assert_true(model.defined && model.icc_interval.defined && !model.boundary);
    const double actual[] = {model.ratio,     model.error_variance,   model.group_variance,
                             model.icc,       model.icc_interval.low, model.icc_interval.high,
                             model.criterion, model.groups_statistic, model.groups_p};
    for (size_t i = 0; i < 9; i++)
        reference_expect(actual[i], fit->variances[i], 1e-13);
    assert_true(model.log_likelihood == -model.criterion / 2);
    for (size_t i = 0; i < model.effects; i++)
        expect_effect(model.effect[i], fit->effects[i]);
    if (model.effects > 1)
        expect_effect(npt__mixed_combination(&model, weights, 0.95), fit->effects[model.effects]);
    reference_expect(model.covariance[0][model.effects - 1], fit->covariance, 1e-13);
    reference_expect(model.covariance[model.effects - 1][0], fit->covariance, 1e-13);
    expect_group(&groups[0], fit->group);
    grouped_free(&set);
}

static void fits_agree_with_those_in_40_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < FITS; i++)
        expect_fit(&fits[i]);
}

/* ref_highprecision.json: "50-digit profile likelihood (mpmath)", all groups' effects in the order of the data.
   theta is the square root of the ratio. */
struct precise_fit {
    enum grouped_set set;
    enum npt__mixed_method method;
    size_t effects;
    double effect[2], error[2], variances[5], groups[18];
};

static const struct precise_fit precise_fits[] = {
    {GROUPED_DYES,
     NPT__MIXED_REML,
     1,
     {1527.5, 0},
     {19.383412152318968, 0},
     {2451.25, 1764.05, 0.8483237814324223, 0.41848741489336466, 319.65427684225745},
     {-17.606851350751896, 0.39126336335004214, 28.562225524553078, -23.084538437652487,
      56.73318768575611, -44.99528678525485}},
    {GROUPED_SLEEP,
     NPT__MIXED_REML,
     2,
     {251.40510484848485, 10.46728595959596},
     {9.746716254209145, 0.8042214290994325},
     {960.4565789287593, 1378.1785084185035, 1.1978815302566241, 0.5893089160745404,
      1786.465085394921},
     {40.78370982821872, -77.84955380063181, -63.10856739631562, 4.4064421112261245,
      10.216189162926435, 8.22123789255516, 16.500494136152987, -2.9969811832940456,
      -45.28212715980092, 72.18268611158999, -21.196248960899457, 14.11136334996992,
      -7.862221202597516, 36.37842537294835, 7.03638091704149, -6.362703054957458,
      -3.2942728418338487, 18.115746717701498}},
    {GROUPED_SITES,
     NPT__MIXED_REML,
     2,
     {3.320804612072525, 0.11583333333333333},
     {0.20825061715791957, 0.06574922156604927},
     {0.43229601365414394, 0.13799137933490566, 0.5649829767803091, 0.24196813927737537,
      316.2771803899031},
     {-0.6576048225164877, 0.24229082798314944, 0.044121315956383085, 0.3186052589070714,
      0.10515342144239997, -0.052566001772516247}},
    {GROUPED_DYES,
     NPT__MIXED_ML,
     1,
     {1527.5, 0},
     {17.69455346207477, 0},
     {2451.25, 1388.3333333333333, 0.7525806923202124, 0.361584373304395, 327.3270598811351},
     {-16.628221620902277, 0.36951603602005056, 26.97467062946369, -21.801446125182984,
      53.57982522290733, -42.49434414230581}},
    {GROUPED_SLEEP,
     NPT__MIXED_ML,
     2,
     {251.40510484848485, 10.46728595959596},
     {9.506185178046245, 0.8017354218250639},
     {954.5278346143843, 1296.8700402770867, 1.165611786051909, 0.5760288106959337,
      1794.0786430052258},
     {40.635096573049324, -77.56587495796332, -62.87860377433648, 4.39038531529895,
      10.178962016761368, 8.191280222449112, 16.440367380744863, -2.986060373705935,
      -45.11712195682755, 71.91965697581256, -21.11901117236261, 14.059942435807129,
      -7.833571766567756, 36.24586469528116, 7.010740790699433, -6.339517768070702,
      -3.282268720273963, 18.04973408420441}},
    {GROUPED_SITES,
     NPT__MIXED_ML,
     2,
     {3.32126643356804, 0.11583333333333333},
     {0.19742762646694653, 0.06551581863703246},
     {0.42923224916805297, 0.11253597225330925, 0.5120348391991778, 0.20771977351876456,
      310.7667145696312},
     {-0.6418930527884767, 0.23595660050150555, 0.04251890005527886, 0.3134432111585577,
      0.10148770422495004, -0.05151336315181543}},
};

static void expect_precise_fit(const struct precise_fit *fit)
{
    struct grouped_data set = grouped_read(fit->set);
    struct npt__mixed_data data = grouped_mixed(&set);
    const struct npt__mixed_options options = {.method = fit->method, .confidence = 0.95};
    struct npt__mixed_model model;
    struct npt__mixed_group groups[18];
    npt__mixed_model(&data, &options, &model, groups);
    assert_true(model.defined && model.fault == NPT__MIXED_FINE);
    assert_int_equal(model.effects, fit->effects);
    assert_int_equal(model.groups, set.groups);
    for (size_t i = 0; i < fit->effects; i++) {
        reference_expect(model.effect[i].estimate, fit->effect[i], 1e-14);
        reference_expect(model.effect[i].error, fit->error[i], 1e-14);
        reference_expect(model.covariance[i][i], fit->error[i] * fit->error[i], 1e-14);
    }
    reference_expect(model.error_variance, fit->variances[0], 1e-14);
    reference_expect(model.group_variance, fit->variances[1], 1e-14);
    reference_expect(sqrt(model.ratio), fit->variances[2], 1e-14);
    reference_expect(model.icc, fit->variances[3], 1e-14);
    reference_expect(model.criterion, fit->variances[4], 1e-14);
    for (size_t g = 0; g < set.groups; g++)
        reference_expect(groups[g].effect, fit->groups[g], 1e-13);
    grouped_free(&set);
}

static void fits_agree_with_the_reference_in_50_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof precise_fits / sizeof *precise_fits; i++)
        expect_precise_fit(&precise_fits[i]);
}

/* R 4.2.2, lme4 and lmerTest: summary(lmer(..., REML = ))$coefficients and logLik(). lmer's optimiser stops some
   1e-7 from the place, and numerical derivatives cost lmerTest's degrees as much; p falls with t squared and
   changes with df, the more so the smaller it is. */
static const struct {
    enum grouped_set set;
    enum npt__mixed_method method;
    double freedom[2], p[2], log_likelihood, criterion;
} lmer_fits[] = {
    {GROUPED_DYES,
     NPT__MIXED_REML,
     {5.000000092196556, 0},
     {6.234473556999095e-09, 0},
     -159.8271384211287,
     319.6542768422574},
    {GROUPED_DYES,
     NPT__MIXED_ML,
     {5.999999801996287, 0},
     {1.6275595760146378e-10, 0},
     -163.6635299405675,
     327.327059881135},
    {GROUPED_SLEEP,
     NPT__MIXED_REML,
     {22.81020474335078, 160.9999987070137},
     {2.2413318319719585e-18, 6.412606198166623e-27},
     -893.2325426974605,
     1786.465085394921},
    {GROUPED_SLEEP,
     NPT__MIXED_ML,
     {24.490544084320366, 162.00000014448293},
     {1.5884828056755756e-19, 4.462732377047499e-27},
     -897.0393215026127,
     1794.0786430052253},
    {GROUPED_SITES,
     NPT__MIXED_REML,
     {13.867668073012641, 143.1041298734254},
     {2.592224536732095e-10, 0.08024788020756528},
     -158.13859019495152,
     316.27718038990304},
    {GROUPED_SITES,
     NPT__MIXED_ML,
     {19.064366728277793, 144.14468742899592},
     {6.782957815962674e-13, 0.07917301103231923},
     -155.38335728481553,
     310.76671456963106},
};

static void degrees_and_likelihoods_agree_with_lmer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lmer_fits / sizeof *lmer_fits; i++) {
        struct grouped_data set = grouped_read(lmer_fits[i].set);
        struct npt__mixed_data data = grouped_mixed(&set);
        const struct npt__mixed_options options = {lmer_fits[i].method, 0.95, NULL};
        struct npt__mixed_model model;
        npt__mixed_model(&data, &options, &model, NULL);
        for (size_t j = 0; j < model.effects; j++) {
            reference_expect(model.effect[j].freedom, lmer_fits[i].freedom[j], 1e-6);
            reference_expect(model.effect[j].p, lmer_fits[i].p[j], 1e-5);
        }
        reference_expect(model.log_likelihood, lmer_fits[i].log_likelihood, 1e-12);
        reference_expect(model.criterion, lmer_fits[i].criterion, 1e-12);
        grouped_free(&set);
    }
}

/* lmer(COH ~ 1 + (1 | site)): v1 / (v1 + v2), tau^2, sigma^2; the optimiser's digits. */
static void a_model_without_columns_gives_the_icc_of_sites(void **state)
{
    (void)state;
    struct grouped_data set = grouped_read(GROUPED_SITES);
    struct npt__mixed_data data = grouped_mixed(&set);
    const struct npt__mixed_options options = {NPT__MIXED_REML, 0.95, NULL};
    struct npt__mixed_model model;
    data.x = NULL;
    data.columns = 0;
    npt__mixed_model(&data, &options, &model, NULL);
    reference_expect(model.icc, 0.2390262940398499, 2e-7);
    reference_expect(model.group_variance, 0.13776901694502908, 2e-7);
    reference_expect(model.error_variance, 0.4386069733971068, 2e-7);
    grouped_free(&set);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fits_agree_with_the_reference_in_50_digits),
        cmocka_unit_test(fits_agree_with_those_in_40_digits),
        cmocka_unit_test(degrees_and_likelihoods_agree_with_lmer),
        cmocka_unit_test(a_model_without_columns_gives_the_icc_of_sites),
    };
    return reference_run("mixed models", tests);
}
