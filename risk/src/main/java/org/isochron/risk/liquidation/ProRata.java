package org.isochron.risk.liquidation;

import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.risk.ledger.AccountOrder;
import org.isochron.risk.ledger.Ledger;
import org.isochron.risk.ledger.Positions;

/**
 * The ranking PRO_RATA: everybody who can takes of what is left in proportion to the size of the position. Candidates in
 * the order of their account ids, with sizes s_1, s_2, ... and S in all, are offered {@code floor(left * (s_1 + ... + s_k) /
 * S) - floor(left * (s_1 + ... + s_(k-1)) / S)} each, which adds up to what is left. What some cannot bear is shared out
 * in further rounds among those who still can.
 */
public final class ProRata {
    /** Nobody is left in this round. */
    public static final int NONE = -1;

    private final AccountOrder accounts;
    private final Positions positions;

    private Remainder remainder;
    private long left;
    /** Size of all candidates of the round, and of those looked at so far. */
    private long total;

    private long covered;
    private int place;
    private int rank;
    private long size;
    private long share;

    public ProRata(final Ledger ledger) {
        accounts = ledger.accountOrder();
        positions = ledger.positions();
    }

    /** Starts a round for what is left; false when there is no candidate. */
    public boolean begin(final Remainder remainder) {
        this.remainder = remainder;
        remainder.beginRound();
        left = remainder.left();
        total = 0;
        for (place = 0; place < accounts.size(); place++) {
            final int position = candidate();
            total += position == NONE ? 0 : Math.abs(positions.lots(position));
        }
        place = 0;
        rank = 0;
        covered = 0;
        return total > 0;
    }

    /**
     * The next position in the round that is offered any lots, or {@link #NONE}. Between two calls only the position
     * returned may change.
     */
    public int next() {
        while (place < accounts.size()) {
            final int position = candidate();
            place++;
            if (position != NONE) {
                rank++;
                size = Math.abs(positions.lots(position));
                share = upTo(covered + size) - upTo(covered);
                covered += size;
                if (share > 0) {
                    return position;
                }
            }
        }
        return NONE;
    }

    private int candidate() {
        final int position = positions.find(accounts.account(place), remainder.instrument());
        return position >= 0 && remainder.isCandidate(position) ? position : NONE;
    }

    private long upTo(final long sizes) {
        return FixedPoint.mulDivFloor(left, sizes, total);
    }

    /** Lots offered to the position returned last; more than it has when all there are do not suffice. */
    public long lots() {
        return share;
    }

    /** Size of the position returned last, when it was offered them. */
    public long size() {
        return size;
    }

    /** Place of the position returned last among the candidates of the round, from 1. */
    public int rank() {
        return rank;
    }
}
