#include "support/prose.h"

/* Roles of the named person, "title of X; ...". */
static const struct {
    const char *text, *person, *roles;
} cases[] = {
    {"\nRussian President Vladimir Putin called.", "Vladimir Putin", "President of Russia"},
    {"\nEbrahim Raisi, the president of Iran, agreed.", "Ebrahim Raisi", "president of Iran"},
    {"\nHe met former prime minister Tony Blair.", "Tony Blair", "former prime minister"},
    {"\nJane Okafor, who heads the World Bank, smiled.", "Jane Okafor", "head of World Bank"},
    {"\nMaria Lopez, a spokeswoman for the aid agency Oxfam, said no.", "Maria Lopez", "spokeswoman of Oxfam"},
    {"\nPaul Green, 52, of Harrogate, a retired teacher, said no.", "Paul Green", "retired teacher"},
    {"\nThe lawyer, Rex Halloran, objected.", "Rex Halloran", "lawyer"},
    {"\nOn Monday Poland's Infrastructure Minister Dariusz Klimczak resigned.", "Dariusz Klimczak", "Infrastructure Minister of Poland"},
    {"\nThen Food and Agriculture Minister Lena Ortiz spoke.", "Lena Ortiz", "Food and Agriculture Minister"},
    {"\nYesterday President Joe Biden spoke.", "Joe Biden", "President"},
    {"\nA letter came from Secretary of State Hillary Clinton.", "Hillary Clinton", "Secretary of State"},
    {"\nMali's Minister of Defence Sadio Camara waited.", "Sadio Camara", "Minister of Defence of Mali"},
    {"\nSadio Camara, Minister of Defence, waited.", "Sadio Camara", "Minister of Defence"},
    {"\nThe court heard the Attorney General for Pakistan Mansoor Awan.", "Mansoor Awan", "Attorney General of Pakistan"},
    {"\nNATO spokesman Brig. Gen. Carlos Branco said no.", "Carlos Branco", "Brig. Gen.; spokesman of NATO"},
    {"\nJane Okafor, who heads the much older aid workers' charity Oxfam, smiled.", "Jane Okafor", "head of Oxfam"},
    {"\nJane Okafor, who led the work published in the World Bank Review, smiled.", "Jane Okafor", ""},
    {"\nJane Okafor, a 27-year-old sergeant of the World Bank, ran.", "Jane Okafor", "sergeant of World Bank"},
    {"\nThe plan is by Jane Okafor, CEO of eDrift, she said.", "Jane Okafor", "CEO of eDrift"},
    {"\nThe plan is by Jane Okafor, CEO of The, she said.", "Jane Okafor", "CEO"},
    {"\nOxfam's head in Athens, Maria Papadaki, resigned.", "Maria Papadaki", "head of Oxfam"},
    {"\nNora Quist was appointed chief executive of Oxfam in May.", "Nora Quist", "chief executive of Oxfam"},
    {"\nNora Quist has since been sworn in on Tuesday as president of Ghana.", "Nora Quist", "president of Ghana"},
    {"\nOxfam named Nora Quist, a former judge, as its treasurer.", "Nora Quist", "former judge; treasurer of Oxfam"},
    {"\nNora Quist will succeed Paul Green as head of Oxfam.", "Nora Quist", "head of Oxfam"},
    {"\nNora Quist will succeed Paul Green as head of Oxfam.", "Paul Green", ""},
    {"\nNora Quist, who was director of Oxfam until 2018, spoke.", "Nora Quist", "director of Oxfam"},
    {"\nNora Quist, until now minister of health, becomes governor of Texas.", "Nora Quist", "minister of health; governor of Texas"},
    {"\nNora Quist, the second minister to go this year, wept.", "Nora Quist", ""},
    {"\nNora Quist, the president said, was late.", "Nora Quist", ""},
    {"\nNora Quist, whose lawyer was absent, spoke.", "Nora Quist", ""},
    {"\nNora Quist - the chair of Oxfam - agreed.", "Nora Quist", "chair of Oxfam"},
    {"\nNora Quist, who runs the group's largest airline, told Reuters no.", "Nora Quist", ""},
    {"\nFormer World Bank economist Nora Quist smiled.", "Nora Quist", "Former economist of World Bank"},
    {"\nNora Quist, a former Kenyan minister, smiled.", "Nora Quist", "former minister of Kenya"},
    {"\nNora Quist, dean of students at Oxford University, smiled.", "Nora Quist", "dean of students of Oxford University"},
    {"\nBishop Nora Quist of Texas smiled, as did teacher Paul Green of Texas.", "Nora Quist", "Bishop of Texas"},
    {"\nBishop Nora Quist of Texas smiled, as did teacher Paul Green of Texas.", "Paul Green", "teacher"},
    {"\nDet Supt Nora Quist, of West Yorkshire Police, smiled.", "Nora Quist", "Det Supt of West Yorkshire Police"},
    {"\nA Lagos High Court judge, Justice Nora Quist, smiled.", "Nora Quist", "Justice; judge of Lagos High Court"},
    {"\nChief of Army Staff General Paul Green met her.", "Paul Green", "General; Chief of Army Staff"},
    {"\nPC Paul Green, whose cousin, met Transport Minister Nora Quist.", "Nora Quist", "Transport Minister"},
    {"\nPC Paul Green smiled.", "Paul Green", "PC"},
    {"\nOxfam met Nokia. The company's head, Paul Green, smiled.", "Paul Green", "head of Nokia"},
    {"\nOccupational safety inspector Nora Quist smiled.", "Nora Quist", "Occupational safety inspector"},
    {"\nLooking up teacher Nora Quist smiled.", "Nora Quist", "teacher"},
    {"\nThey met Deputy Lord Mayor Nora Quist.", "Nora Quist", "Deputy Lord Mayor"},
    {"\nThe chair of the jury, the historian Nora Quist, smiled.", "Nora Quist", "historian; chair of the jury"},
    {"\nNora Quist, a fellow at Oxfam, met fellow Londoner Paul Green.", "Nora Quist", "fellow of Oxfam"},
    {"\nNora Quist, a fellow at Oxfam, met fellow Londoner Paul Green.", "Paul Green", ""},
    {"\nHe met then-Prime Minister Anna Quist.", "Anna Quist", "then-Prime Minister"},
    {"\nMaria Delgado, a major skeptic of aid, left.", "Maria Delgado", ""},
    {"\nTom Roe, a major in the army, stayed.", "Tom Roe", "major"},
    {"\nSenate Majority Leader Ann Cole and Senate Democratic leader Bo Lund met.", "Ann Cole", "Majority Leader of Senate"},
    {"\nSenate Majority Leader Ann Cole and Senate Democratic leader Bo Lund met.", "Bo Lund", "Democratic leader of Senate"},
    {"\nThe headliners are Nick Cave, Kylie Minogue and Queen.", "Nick Cave", ""},
    {"\nAnna Petrova, a spokeswoman for the Russian Foreign Ministry, left.", "Anna Petrova", "spokeswoman of Foreign Ministry"},
    {"\nHis attorney, Paul Green, criticized Mexico's president.", "Paul Green", "attorney"},
    {"\nFormer Oxfam head of nursing and care Nora Quist smiled.", "Nora Quist", "Former head of nursing and care of Oxfam"},
    {"\nNokia chairman and chief executive Paul Green smiled.", "Paul Green", "chief executive of Nokia; chairman of Nokia"},
    {"\nNora Quist, founder and chief executive of Oxfam, smiled.", "Nora Quist", "founder of Oxfam; chief executive of Oxfam"},
    {"\nNora Quist, a lawyer and a director of Oxfam, smiled.", "Nora Quist", "lawyer; director of Oxfam"},
    {"\nThe president and Prime Minister Nora Quist met.", "Nora Quist", "Prime Minister"},
    {"\nFormer ministers Paul Green and Nora Quist smiled.", "Paul Green", "Former minister"},
    {"\nFormer ministers Paul Green and Nora Quist smiled.", "Nora Quist", "Former minister"},
    {"\nSens. Paul Green, Rex Halloran and Nora Quist smiled.", "Nora Quist", "Sen."},
    {"\nThe players love Paul Green and Nora Quist.", "Nora Quist", ""},
    {"\nOxfam smiled. Its boss, Nora Quist, did not.", "Nora Quist", "boss of Oxfam"},
    {"\nPaul Green, who died on Friday, was a teacher.", "Paul Green", "teacher"},
    {"\nPARIS: Film producer Nora Quist smiled.", "Nora Quist", "Film producer"},
    {"\nThe army's spokesman Rear Adm. Paul Green smiled.", "Paul Green", "Rear Adm.; spokesman"},
    {"\nSpanish striker Paul Green and Spanish captain Rex Halloran ran.", "Paul Green", "striker"},
    {"\nSpanish striker Paul Green and Spanish captain Rex Halloran ran.", "Rex Halloran", "captain of Spain"},
    {"\nNora Quist, a pensioner in Kharkiv, wept.", "Nora Quist", "pensioner"},
    {"\nOxfam has appointed Paul Green as army chief of staff.", "Paul Green", "army chief of staff"},
    {"\nIt replaced Paul Green, who becomes ambassador to Turkey.", "Paul Green", "ambassador of Turkey"},
    {"\nNokia's Asia director, Paul Green, smiled.", "Paul Green", "director of Nokia"},
    {"\nClimber Paul Green met the arbiter Nora Quist.", "Paul Green", "Climber"},
    {"\nClimber Paul Green met the arbiter Nora Quist.", "Nora Quist", "arbiter"},
    {"\nThe restaurant's chef, Australian Paul Green, smiled.", "Paul Green", "chef"},
    {"\nPaul Green was treasurer of the banana workers' union Oxfam.", "Paul Green", "treasurer of Oxfam"},
    {"\nPaul Green, a lawyer for two of them, smiled.", "Paul Green", "lawyer"},
    {"\nNora Quist headed the charity Oxfam until May.", "Nora Quist", "head of Oxfam"},
    {"\nPaul Green led Oxfam to victory.", "Paul Green", ""},
    {"\nOxfam consumer director Nora Quist met Oxfam lost director Paul Green.", "Nora Quist", "consumer director of Oxfam"},
    {"\nThen chess coach Nora Quist smiled.", "Nora Quist", "coach"},
    {"\nNow State Senate President Nora Quist smiled.", "Nora Quist", "President of State Senate"},
    {"\nFinance Minister and government spokesman Paul Green smiled.", "Paul Green", "government spokesman; Finance Minister"},
    {"\nIt is signed by the chief secretary to the cabinet Nora Quist.", "Nora Quist", "chief secretary to the cabinet"},
    {"\nThe Minister of Trade, Energy and Industry Nora Quist smiled.", "Nora Quist", "Minister of Trade, Energy and Industry"},
    {"\nHead of the county rescue centre Paul Green smiled.", "Paul Green", "Head of the county rescue centre"},
    {"\nDirector of the war Paul Green smiled.", "Paul Green", ""},
    {"\nFinance Minister-designate Nora Quist smiled.", "Nora Quist", "Finance Minister-designate"},
    {"\nThe Archbishop of Wales, the Most Rev Nora Quist, smiled.", "Nora Quist", "Archbishop of Wales"},
    {"\nNokia smiled. The company's Asia director, Nora Quist, did not.", "Nora Quist", "director of Nokia"},
    {"\nPORT-AU-PRINCE: Nora Quist smiled.", "Nora Quist", ""},
    {"\nOxfam, chaired by Nora Quist, met.", "Nora Quist", "chair of Oxfam"},
    {"\nOxfam, painted by Nora Quist, met.", "Nora Quist", ""},
    {"\nNora Quist, who chairs the town council, smiled.", "Nora Quist", "chair"},
    {"\nNora Quist, who chairs the talks, smiled.", "Nora Quist", ""},
    {"\nNora Quist, the leader of Kenya's opposition Green Party, smiled.", "Nora Quist", "leader of Green Party"},
    {"\nBiologist Nora Quist (Oxfam) smiled.", "Nora Quist", "Biologist of Oxfam"},
    {"\nCritic Nora Quist of the charity Oxfam smiled.", "Nora Quist", "Critic of Oxfam"},
    {"\nNora Quist, an assistant governor, becomes governor of Texas.", "Nora Quist", "assistant governor; governor of Texas"},
    {"\nThe arbiter, Scotland's Nora Quist, smiled.", "Nora Quist", "arbiter"},
    {"\nOxfam nominated Nora Quist, a judge, to be director of Nokia.", "Nora Quist", "judge; director of Nokia"},
    {"\nNora Quist, a former judge who is now a lobbyist, smiled.", "Nora Quist", "former judge; lobbyist"},
    {"\nNora Quist, a former judge, now a lobbyist for Oxfam, smiled.", "Nora Quist", "former judge; lobbyist of Oxfam"},
    {"\nNora Quist was a potter, a peace campaigner and a judge.", "Nora Quist", "potter; peace campaigner; judge"},
    {"\nThe owner, Oxfam, and first mate Paul Green smiled.", "Paul Green", "first mate"},
    {"\nPolice identified the driver of the van as Paul Green.", "Paul Green", "driver"},
    {"\nPolice saw the driver, as Paul Green knew.", "Paul Green", ""},
    {"\nThe captain, Polish national Paul Green, smiled.", "Paul Green", "captain"},
    {"\nHer father, Paul Green, met Father Rex Halloran.", "Paul Green", ""},
    {"\nHer father, Paul Green, met Father Rex Halloran.", "Rex Halloran", "Father"},
    {"\nThe town council, chaired by Nora Quist, met.", "Nora Quist", "chair"},
    {"\nNora Quist, a former chief of staff to the president, smiled.", "Nora Quist", "former chief of staff"},
    {"\nNora Quist, a judge and onetime boxing champion, smiled.", "Nora Quist", "judge; onetime boxing champion"},
    {"\nA dog bit John Smith, and the president laughed.", "John Smith", ""},
    {"\nVladimir Putin slept.", "Vladimir Putin", ""},
};

START_TEST(reads_roles)
{
    struct job *job = prose_run(cases[_i].text);
    const struct actor *actor = prose_actor(job, cases[_i].person);
    ck_assert_msg(actor != NULL, "no %s", cases[_i].person);
    struct slice roles = SLICE("");
    for (uint32_t i = 0; i < actor->role_count; i++)
        roles = arena_printf(job->arena, "%.*s%s%.*s%s%.*s", SLICE_ARG(roles), i ? "; " : "", SLICE_ARG(actor->roles[i].title),
                             actor->roles[i].of.len ? " of " : "", SLICE_ARG(actor->roles[i].of));
    ck_assert_slice_eq(roles, cases[_i].roles);
    support_job_free(job);
}
END_TEST

Suite *roles_suite(void);
Suite *roles_suite(void)
{
    Suite *suite = suite_create("roles");
    TCase *tcase = tcase_create("roles");
    tcase_add_loop_test(tcase, reads_roles, 0, sizeof cases / sizeof cases[0]);
    suite_add_tcase(suite, tcase);
    return suite;
}
