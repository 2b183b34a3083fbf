/** What the law says of reading emotions from faces, as far as a model card can. */
export const RESTRICTIONS_SECTION = `## Where the law restricts it

This is no legal advice; read the texts, and ask somebody who knows.

In the European Union, software that infers emotions from faces is an _emotion recognition system_ (Regulation (EU) 2024/1689, the AI Act, Art. 3(39)):

- **Forbidden at work and in education** (Art. 5(1)(f)): placing on the market, putting into service for that purpose, and using it to infer the emotions of people in the workplace and in educational institutions, except for medical or safety reasons. That covers job interviews, call centres, classrooms and exams. It applies since 2 February 2025.
- **High-risk elsewhere** (Art. 6(2) and Annex III, point 1(c)): risk management, data governance, technical documentation, logging, human oversight, a conformity assessment. Whoever builds a product on this model carries these duties; check from which date they apply to you.
- **People must be told** (Art. 50(3)): whoever uses such a system informs those who are exposed to it.

Pictures of faces are personal data, and under the GDPR they may be biometric data (Art. 4(14), Art. 9): have a legal basis, and keep no more than you need. Other places have rules of their own, for example the Biometric Information Privacy Act of Illinois.`;
