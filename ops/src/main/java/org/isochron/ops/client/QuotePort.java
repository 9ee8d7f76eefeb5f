package org.isochron.ops.client;

import java.util.List;

/** Takes the mass quotes of one account, in any instrument. Every method returns false when the way is blocked. */
public interface QuotePort {
    /** Most entries of one mass quote. */
    int MAX_QUOTES = 16;

    /** Enters, changes or pulls quotes; the list must not change afterwards. */
    boolean quote(long intendedNs, List<Quote> quotes);

    /** Ends the freeze of the account's market maker protection. */
    boolean unfreeze(long intendedNs);
}
