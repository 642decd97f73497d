#include "support/prose.h"

/* Actors in the order of their first mention: name/type/country. */
static const struct {
    const char *text, *actors;
} merged[] = {
    {"\nVladimir Putin rang. Mr. Putin was brief. Putin left Moscow.", "Vladimir Putin/person/-; Moscow/place/RU"},
    {"\nThe European Central Bank (ECB) met. The ECB will wait.", "European Central Bank/organization/-"},
    {"\nPakistan Tehreek-e-Insaf met. PTI will wait.", "Pakistan Tehreek-e-Insaf/organization/PK"},
    {"\nMohamed Hamdan Dagalo, better known as Hemedti, fled. Hemedti is rich.", "Mohamed Hamdan Dagalo/person/-"},
    {"\nLuiz Inacio Lula da Silva rang. Lula was brief.", "Luiz Inacio Lula da Silva/person/-"},
    {"\nBashir Abdi, the Belgian record holder, fell.", "Bashir Abdi/person/BE"},
    {"\nThe gear maker Nokia will cut jobs. Nokia said so.", "Nokia/organization/FI"},
    {"\nIn Kenya UN spokesman Tom Fletcher said no.", "Kenya/place/KE; UN/organization/-; Tom Fletcher/person/-"},
    {"\nGeorgetown University and Newcastle University met.", "Georgetown University/organization/US; Newcastle University/organization/GB"},
    {"\nA ferry sailed from Mindoro to Palawan, a storm crossed Lake Constance.", "Mindoro/place/PH; Palawan/place/PH; Lake Constance/place/-"},
    {"\nShares of Macy's rose. McDonald's and Lloyd's of London lost.", "Macy's/organization/US; McDonald's/organization/US; Lloyd's of London/organization/GB"},
    {"\nRob Lowe rang. Lowe's film is late.", "Rob Lowe/person/-"},
    {"\nBritain and the UK are one, the United Kingdom.", "United Kingdom/place/GB"},
    {"\nThe Prosperous Farmers Party, or PFP, left. PFP won.", "Prosperous Farmers Party/organization/-"},
    {"\nThe Wetherfield Herald is read in Wetherfield by many.", "Wetherfield Herald/organization/-; Wetherfield/place/-"},
    {"\nHe sits on Suzello's board.", "Suzello/organization/-"},
    {"\nThe loan came from Plassfin, the Norwegian credit agency, and a yard in Piraeus.", "Plassfin/organization/NO; Piraeus/place/GR"},
    {"\nShe is an analyst at Vasel Tor.", "Vasel Tor/organization/-"},
    {"\nThe dispute with Oslo-based Mistrella goes on.", "Mistrella/organization/NO"},
    {"\nThey flew over the Meghrana river in heavy rain.", "Meghrana/place/-"},
    {"\nBord na Móna sold peat to Fidesz voters.", "Bord na Móna/organization/IE; Fidesz/organization/HU"},
    {"\nMen of the National Rivers Institute, INRI, slept.", "National Rivers Institute/organization/-"},
    {"\nAl-Shabaab fled. Later Shabaab returned.", "Al-Shabaab/organization/SO"},
    {"\nThey play on Microsoft xCloud now.", "Microsoft/organization/US"},
    {"\nFiles were leaked by LockBit in May.", "LockBit/organization/-"},
    {"\nA group calling itself Black Heron took them.", "Black Heron/organization/-"},
    {"\nMaria Novak-Sadyk slept. Later Novak woke.", "Maria Novak-Sadyk/person/-"},
    {"\nThe race was led by Mercedes for an hour.", "Mercedes/organization/-"},
    {"\nThey heard Ann Berg, 71, of Tolver, who slept.", "Ann Berg/person/-; Tolver/place/-"},
    {"\nSen. Ann Berg, R-Ky., and Tom Lee, D-Calif., sat on the HMNZS Aotearoa.", "Ann Berg/person/US; Tom Lee/person/US"},
    {"\nThe boss of Plassen, a chain of shops, and Los Tonos, the gang led by Tom Lee, met.", "Plassen/organization/-; Los Tonos/organization/-; Tom Lee/person/-"},
    {"\nThe firm is Temura, owned by a bank.", "Temura/organization/-"},
    {"\nThe airlines Golm and Ryanair lost money.", "Golm/organization/IE; Ryanair/organization/IE"},
    {"\nNorvalen's board said so. The Norvalen Foundation agreed.", "Norvalen/organization/-; Norvalen Foundation/organization/-"},
    {"\nDusty Boots Bakery was shut.", "Dusty Boots Bakery/organization/-"},
    {"\nThe letter was sent by the National Nurses' Union on Monday.", "National Nurses' Union/organization/-"},
    {"\nThen Zesca, the state utility, denied it.", "Zesca/organization/-"},
    {"\nHe flew with Sarena, the airline run by the army.", "Sarena/organization/-"},
    {"\nThen Jeff Miller, a city councilman in Leeds, spoke.", "Jeff Miller/person/GB; Leeds/place/GB"},
    {"lloyd's of london falls\nthe shares of lloyd's of london fell on monday, traders said.", "Lloyd's of London/organization/GB"},
    {"\nRival Nissinova fell 1.2% in Tokyo.", "Nissinova/organization/JP; Tokyo/place/JP"},
    {"\nThey say Zescova raised its tariff.", "Zescova/organization/-"},
    {"\nShares in Hamra fell.", "Hamra/organization/-"},
    {"\nThe letter came from Plassen, a trade union in Oslo.", "Plassen/organization/NO; Oslo/place/NO"},
    {"\n\"They ran,\" said Gartner's Mike Holt.", "Gartner/organization/-; Mike Holt/person/-"},
    {"\nHalima Noor and Yusuf Noor sang.", "Halima Noor/person/-; Yusuf Noor/person/-"},
    {"\nThe French were silent about Iranian drones, and so was Berlin.", "Berlin/place/DE"},
    {"\nThe Kremlin answered the White House.", "Kremlin/organization/RU; White House/organization/US"},
    {"\nGoogle Cloud grew. Google and Boeing met. Boeing Commercial Airplanes lost.",
     "Google Cloud/organization/US; Google/organization/US; Boeing/organization/US; Boeing Commercial Airplanes/organization/US"},
    {"\nApple Inc. fell. Samsung Electronics won. Apple and Samsung met.", "Apple Inc./organization/US; Samsung Electronics/organization/KR"},
    {"\nWalt Disney Co. grew. The Disney Channel did not, Disney said.", "Walt Disney Co./organization/US; Disney Channel/organization/US"},
    {"\nThe US Justice Department waited. So did the Department of Justice of the US, and the Interior Ministry with the Ministry of Interior.",
     "US Justice Department/organization/US; US/place/US; Ministry of Interior/organization/US"},
    {"\nThe UK Treasury met the French Foreign Ministry and the Dutch Foreign Ministry. The Treasury and the Foreign Ministry were late.",
     "UK Treasury/organization/GB; Foreign Ministry/organization/FR; Foreign Ministry/organization/NL"},
    {"\nRussia's Foreign Ministry and Ukraine's met. The Ukrainian Foreign Ministry and the Foreign Ministry in Moscow were late.",
     "Russia/place/RU; Foreign Ministry/organization/RU; Ukraine/place/UA; Foreign Ministry/organization/UA; Moscow/place/RU"},
    {"\nThe federal Bureau of Prisons told Sen. Al Roe, R-Texas, and Ann Cole, D-Fla., nothing.",
     "Bureau of Prisons/organization/US; Al Roe/person/US; Ann Cole/person/US"},
    {"\nSenate Democrats in Kenya left the Senate.", "Senate Democrats/organization/KE; Kenya/place/KE; Senate/organization/KE"},
    {"\nIt rained in Norfolk, Va., on MPs and SUVs. Virginia is to help.", "Norfolk/place/US; Virginia/place/US"},
    {"\nThe premier of the British Virgin Islands, Alan Foy, left.", "British Virgin Islands/place/VG; Alan Foy/person/VG"},
    {"\nShe moved from Granada, Spain, to Salvador in Brazil.", "Granada/place/ES; Spain/place/ES; Salvador/place/BR; Brazil/place/BR"},
    {"\nGoBank bought SoFi and PayRight, said DeMarco in McAllen.",
     "GoBank/organization/US; SoFi/organization/US; PayRight/organization/US; DeMarco/person/US; McAllen/place/US"},
    {"\nIn Kingston, Jamaica, police searched a house in Manchester. A US envoy rang. Jamaica will pay. Kingston is sad.",
     "Kingston/place/JM; Jamaica/place/JM; Manchester/place/GB; US/place/US"},
    {"\nThe Senate met its Senate Judiciary Committee and the CEO of Halden Marine Group.",
     "Senate/organization/-; Senate Judiciary Committee/organization/-; Halden Marine Group/organization/-"},
    {"\nALSO READ | The Sacramento Bee and the Boston Globe merge.", "Sacramento Bee/organization/US; Boston Globe/organization/US"},
    {"\nA bus fell into a river near Kisumu. The county of Nakuru sent help. Ann Oduor, a nurse, ran. It rained. A Toyota was hit, Google said, and so was a Nissan. Twitter was slow.",
     "Kisumu/place/KE; Nakuru/place/KE; Ann Oduor/person/KE; Toyota/organization/JP; Google/organization/US; Nissan/organization/JP; Twitter/organization/US"},
    {"\nUkraine is late. President Ron Cole asked Ukraine's president, Ivan Bilyk, in Kyiv. Ukraine waits.", "Ukraine/place/UA; Ron Cole/person/-; Ivan Bilyk/person/UA; Kyiv/place/UA"},
    {"\nVelmarin Shipping Limited grew. So did Velmarin Shipping, and Velmarin said so.", "Velmarin Shipping Limited/organization/-"},
    {"\nFlights of Transavia were late, said Channels TV and Swissport.", "Transavia/organization/NL; Channels TV/organization/NG; Swissport/organization/CH"},
    {"\nThe Hamburg brewer opened late. An app by the French firm Mirenna fell.", "Hamburg/place/DE; Mirenna/organization/FR"},
    {"\nThey teamed with Mirenna again. It is made by the French firm Mirenna.", "Mirenna/organization/FR"},
    {"\nIn the south, Grupo Arvenso met workers. Later Arvenso paid them.", "Grupo Arvenso/organization/-"},
    {"\nSchools in Ed Tamazine were shut.", "Ed Tamazine/place/-"},
    {"\nIt rained, according to Tee Chee Seng-Pommachar, vice chairman of a park.", "Tee Chee Seng-Pommachar/person/-"},
    {"\nBoats lay off Anaphira and Amorgira all day.", "Anaphira/place/-; Amorgira/place/-"},
    {"\nThe Zwolle brewer opened late.", "Zwolle/place/NL"},
    {"\nThe clock was made by the Space Clocks Centre.", "Space Clocks Centre/organization/-"},
    {"\nHe borrowed from banks such as Agrivela and Sacovela.", "Agrivela/organization/-; Sacovela/organization/-"},
    {"\nThe mine owner Lubarva Copper and the contractor Jinvarra Works left with the developer Petko Jinvarrov.",
     "Lubarva Copper/organization/-; Jinvarra Works/organization/-; Petko Jinvarrov/person/-"},
    {"\nIt was late again, said Luchtvaarder Nederland and Lotvar Trains.", "Luchtvaarder Nederland/organization/NL; Lotvar Trains/organization/NL"},
    {"\nAnn Berg's security firm, Vectara Molna, flies them. So said the coach of the men's team, Dwayne Killings.",
     "Ann Berg/person/-; Vectara Molna/organization/-; Dwayne Killings/person/-"},
    {"\nThe sponsor Brannock Biscuits and its partner Banatrans met Otto Kesslang, a margarine maker.",
     "Brannock Biscuits/organization/-; Banatrans/organization/-; Otto Kesslang/person/-"},
    {"\nBrazil's Trovarin left. She lives in Brazil's Tabirela. They belong to Falcarin, said Ana Berg, a lawyer.",
     "Brazil/place/BR; Trovarin/organization/BR; Tabirela/place/BR; Falcarin/organization/BR; Ana Berg/person/BR"},
    {"\nThe plan was shown to its lawyer, Ann Berg of Brodarin, on Planarin.org by the bookseller Waterfarin.",
     "Ann Berg/person/-; Brodarin/organization/-; Planarin.org/organization/-; Waterfarin/organization/-"},
    {"\nThe trader Ashvarin Sutarel slept. Later Oslo Thermarin wants to visit it.", "Ashvarin Sutarel/person/-; Oslo Thermarin/organization/NO"},
    {"\nTuskarin, who have a match in hand, slept. The photo was shared by Fárlta Ireland.", "Tuskarin/organization/-; Fárlta Ireland/organization/IE"},
    {"\nShips of Chonglang Metals of China and the Dairy Farmers of America were late, as was Galerie Vanthelm of Brussels.",
     "Chonglang Metals/organization/CN; China/place/CN; Dairy Farmers of America/organization/-; Galerie Vanthelm/organization/BE; Brussels/place/BE"},
    {"\nLater Mizunova slept, and Hitler, it seems, was late.", "Mizunova/person/-; Hitler/person/-"},
    {"\nBarges of theirs and Samlira, two timber groups, sank.", "Samlira/organization/-"},
    {"it was late again\nthe uganda civil aviation authority closed the airport for seven hours, and the ucaa said that it was late.",
     "Uganda Civil Aviation Authority/organization/UG"},
    {"talks in prince rupert\nthe boats came to prince rupert in the morning and left it in the evening again.", "Prince Rupert/place/CA"},
    {"\nThen Hera, Aphrodite and Poseidon married.", "Hera/person/-; Aphrodite/person/-; Poseidon/person/-"},
    {"\nVW is Volkswagen.", "Volkswagen/organization/DE"},
    {"\nThe Church of Velarism met. Velarism is old.", "Church of Velarism/organization/-"},
    {"\nFirst was Ann Kiptoo KEN, then Pope Leo XIV.", "Ann Kiptoo/person/-; Leo XIV/person/-"},
    {"\nIn Moscow, Ukraine was blamed; in Lagos, Kenya won; in Rome, Georgia, it rained.",
     "Moscow/place/RU; Ukraine/place/UA; Lagos/place/NG; Kenya/place/KE; Rome/place/US; Georgia/place/US"},
    {"\nThe Santa Fe Zoo and Santa Fe rang. A bear ran into Santa Fe, New Mexico.", "Santa Fe Zoo/organization/US; Santa Fe/place/US; New Mexico/place/US"},
    {"\nUS envoys met in the US. Palestine chief negotiator Samir Haddad left.", "US/place/US; Palestine/place/PS; Samir Haddad/person/PS"},
    {"\nThe Earth shook in Kryvyi Rih and in Galway.", "Earth/place/-; Kryvyi Rih/place/UA; Galway/place/IE"},
    {"\nThey drove to Springfield, Illinois, and to Perth.", "Springfield/place/US; Illinois/place/US; Perth/place/AU"},
};

START_TEST(merges_forms)
{
    struct job *job = prose_run(merged[_i].text);
    ck_assert_str_eq(prose_actors(job), merged[_i].actors);
    support_job_free(job);
}
END_TEST

START_TEST(keeps_aliases_once)
{
    struct job *job = prose_run("\nVladimir Putin rang. Putin was brief. Putin left.");
    const struct actor *actor = prose_actor(job, "Vladimir Putin");
    ck_assert_ptr_nonnull(actor);
    ck_assert_uint_eq(actor->count, 3);
    ck_assert_uint_eq(actor->alias_count, 1);
    ck_assert_slice_eq(actor->aliases[0], "Putin");
    support_job_free(job);
}
END_TEST

START_TEST(knows_kinds)
{
    struct job *job = prose_run("\nIran, Tehran, the Danube and Bavaria. Then the Kenyan Defence Ministry, the Leeds Crown Court.");
    ck_assert_int_eq(prose_actor(job, "Iran")->place_kind, PLACE_COUNTRY);
    ck_assert_int_eq(prose_actor(job, "Tehran")->place_kind, PLACE_CITY);
    ck_assert_int_eq(prose_actor(job, "Danube")->place_kind, PLACE_OTHER);
    ck_assert_int_eq(prose_actor(job, "Bavaria")->place_kind, PLACE_REGION);
    ck_assert_slice_eq(prose_actor(job, "Leeds Crown Court")->organization_type, "court");
    support_job_free(job);
}
END_TEST

Suite *actors_suite(void);
Suite *actors_suite(void)
{
    Suite *suite = suite_create("actors");
    TCase *tcase = tcase_create("actors");
    tcase_add_loop_test(tcase, merges_forms, 0, sizeof merged / sizeof merged[0]);
    tcase_add_test(tcase, keeps_aliases_once);
    tcase_add_test(tcase, knows_kinds);
    suite_add_tcase(suite, tcase);
    return suite;
}
