package org.isochron.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import org.isochron.codecs.json.Names;
import org.isochron.matcher.venue.Inspection;
import org.isochron.matcher.venue.Inspection.Account;
import org.isochron.matcher.venue.Venue;

/**
 * Prints what a venue holds, one JSON line for each account, each instrument and the venue itself. Everything is sorted by
 * id, so the same state always gives the same bytes, however it was arrived at.
 */
public final class StatePrinter {
    private final Inspection inspection;
    private final AccountState accounts;
    private final VenueState summary;
    private final Consumer<String> out;

    /** @param out receives each line, without its end. */
    public StatePrinter(final Venue venue, final Consumer<String> out) {
        this.out = out;
        inspection = venue.inspection();
        accounts = new AccountState(inspection);
        summary = new VenueState(venue);
    }

    /**
     * Prints accounts, the venue's own included, then instruments, then the venue.
     *
     * @param sequence last command applied.
     */
    public void printAll(final long sequence) {
        Arrays.stream(inspection.accountIds()).sorted().forEach(this::printAccount);
        Arrays.stream(inspection.instrumentIds()).sorted().forEach(this::printInstrument);
        printVenue(sequence);
    }

    /** Returns false, printing nothing, when there is no such account. */
    public boolean printAccount(final long accountId) {
        final Account account = inspection.account(accountId);
        if (account == null) {
            return false;
        }
        print("Account", accounts.of(account));
        return true;
    }

    /** Returns false, printing nothing, when there is no such instrument. */
    public boolean printInstrument(final String symbol) {
        final long instrumentId = inspection.instrumentId(symbol);
        if (instrumentId == Names.UNKNOWN) {
            return false;
        }
        printInstrument(instrumentId);
        return true;
    }

    private void printInstrument(final long instrumentId) {
        print("Instrument", InstrumentState.of(inspection.instrument(instrumentId)));
    }

    /** @param sequence last command applied. */
    public void printVenue(final long sequence) {
        print("Venue", summary.at(sequence));
    }

    /** Per asset, by symbol: cash of all accounts less net deposits, as a decimal; "0" in a sound venue. */
    public Map<String, String> zeroSum() {
        return summary.zeroSum();
    }

    private void print(final String kind, final ObjectNode state) {
        out.accept(JsonText.object().set(kind, state).toString());
    }
}
