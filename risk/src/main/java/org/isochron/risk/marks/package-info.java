/**
 * What an instrument is worth: the prices of its sources, the index they make and the mark that margin is judged on
 * (rulebook 3 and 4). A price that arrives costs the same however many hold the instrument; who depends on a mark learns
 * of its change from {@link org.isochron.risk.marks.MarkChanges}. Integers only, no clock: time is what the command says.
 */
package org.isochron.risk.marks;
