package org.isochron.risk.ledger;

import java.util.Arrays;
import org.isochron.risk.state.StateTable;

/**
 * All accounts in the order of their ids, the venue's own last. Kept in order as they are defined; follows from their
 * cells, so it is no part of the state.
 */
public final class AccountOrder {
    private final StateTable accounts;
    private final int idField;
    private int[] sorted;
    private int size;

    AccountOrder(final StateTable accounts, final int idField) {
        this.accounts = accounts;
        this.idField = idField;
        sorted = new int[accounts.rows()];
    }

    /** Accounts in the order. */
    public int size() {
        return size;
    }

    /** Slot of the account at a place in the order, from 0. */
    public int account(final int place) {
        return sorted[place];
    }

    /** An account that comes last but for the venue's own costs next to nothing; any other moves those behind it. */
    void insert(final int account) {
        final long id = id(account);
        int place = size;
        if (size > 0 && id(sorted[size - 1]) > id) {
            place = firstAbove(id);
            System.arraycopy(sorted, place, sorted, place + 1, size - place);
        }
        sorted[place] = account;
        size++;
    }

    private int firstAbove(final long id) {
        int from = 0;
        int to = size;
        while (from < to) {
            final int middle = from + to >>> 1;
            if (id(sorted[middle]) > id) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    private long id(final int account) {
        return accounts.get(account, idField);
    }

    /** Follows the table to its new capacity. */
    void resize() {
        sorted = Arrays.copyOf(sorted, accounts.rows());
    }

    /**
     * Puts the first so many accounts of the table in order, whatever was known before: their cells may have come from a
     * snapshot. Allocates.
     */
    void rebuild(final int count) {
        // An id has 32 bits, a slot fewer.
        final long[] keys = new long[count];
        for (int account = 0; account < count; account++) {
            keys[account] = id(account) << Integer.SIZE - 1 | account;
        }
        Arrays.sort(keys);
        sorted = new int[accounts.rows()];
        for (int place = 0; place < count; place++) {
            sorted[place] = (int) keys[place] & Integer.MAX_VALUE;
        }
        size = count;
    }
}
