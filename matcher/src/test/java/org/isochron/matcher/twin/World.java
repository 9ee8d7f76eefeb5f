package org.isochron.matcher.twin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isochron.codecs.Role;

/** Everything the twin remembers between commands. */
final class World {
    static final long OPERATOR_ID = 1;
    static final int SYSTEM_ACCOUNTS = 4;
    static final long FIRST_SYSTEM_ACCOUNT_ID = 4_000_000_001L;

    final PriorityRule priorityRule;
    final Map<Long, Integer> assetScales = new TreeMap<>();
    final Map<Long, Firm> firms = new TreeMap<>();
    final Map<Long, Account> accounts = new TreeMap<>();
    final Map<Long, Session> sessions = new TreeMap<>();
    final Map<Long, Instrument> instruments = new TreeMap<>();
    final Map<Integer, Gateway> gateways = new TreeMap<>();
    /** In order of definition. */
    final List<Session> sessionsBySlot = new ArrayList<>();

    final List<Account> accountsBySlot = new ArrayList<>();
    final List<Instrument> instrumentsBySlot = new ArrayList<>();
    final Map<Long, Long> netDeposits = new TreeMap<>();
    final Account fees;

    /** Open orders by the number both sides know them by. */
    final Map<Integer, Order> orders = new TreeMap<>();
    /** Work that waits for its turn within the command. */
    final Deque<Runnable> work = new ArrayDeque<>();

    int numbersGiven;
    int openOrders;
    int mmpGroups;
    int maxMmpGroups = 1_024;
    long gatewayTimeoutNs = 2_000_000_000L;

    long sequence;
    long nowNs;
    long arrivalNs;
    private int priorities;

    World(final PriorityRule priorityRule) {
        this.priorityRule = priorityRule;
        for (int slot = 0; slot < SYSTEM_ACCOUNTS; slot++) {
            addAccount(FIRST_SYSTEM_ACCOUNT_ID + slot, null);
        }
        fees = accountsBySlot.get(0);
        final Session operator = addSession(OPERATOR_ID, Role.OPERATOR, null);
        operator.messagesPerSecond = 1_000_000;
        operator.burst = operator.messagesPerSecond / 10;
    }

    void begin(final long newSequence) {
        sequence = newSequence;
        priorities = 0;
    }

    /** Place in the queue: rises within a command and from command to command. */
    long nextPriority() {
        return (sequence << 16) + priorities++;
    }

    Account addAccount(final long id, final Firm firm) {
        final Account account = new Account(id, accountsBySlot.size(), firm);
        accounts.put(id, account);
        accountsBySlot.add(account);
        return account;
    }

    Session addSession(final long id, final Role role, final Firm firm) {
        final Session session = new Session(id, sessionsBySlot.size(), role, firm);
        sessions.put(id, session);
        sessionsBySlot.add(session);
        return session;
    }

    Instrument addInstrument(final long id) {
        final Instrument instrument = new Instrument(id, instrumentsBySlot.size(), priorityRule);
        instruments.put(id, instrument);
        instrumentsBySlot.add(instrument);
        return instrument;
    }

    /** First-defined MAKER session that may trade the account; null when there is none. */
    Session reporter(final Account account) {
        for (final Session session : sessionsBySlot) {
            if (session.role == Role.MAKER && session.accounts.contains(account)) {
                return session;
            }
        }
        return null;
    }
}
