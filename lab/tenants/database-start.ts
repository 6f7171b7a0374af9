import { TLS_FOLDER } from './database-settings.ts';

/** Folders of the pod of a database. The data lie in a folder below the volume, whose top may hold what is not theirs. */
export const DATABASE_FOLDERS = {
  volume: '/data',
  data: '/data/pgdata',
  setup: '/setup',
  passwords: '/passwords',
} as const;

const { data, setup, passwords } = DATABASE_FOLDERS;

/**
 * What the container of a database runs. A new database is made under another name and appears complete or not at all. A
 * certificate that was exchanged is taken up without a restart, as PostgreSQL does when it is told to reload.
 */
export const DATABASE_START = `set -euo pipefail
export PATH=/usr/lib/postgresql/15/bin:$PATH
if [ ! -d ${data} ]; then
  new=${data}.new
  rm -rf $new
  initdb --pgdata=$new --username=postgres --pwfile=${passwords}/admin --auth=scram-sha-256 \\
    --data-checksums --encoding=UTF8 --locale=C.UTF-8 --no-sync
  cat ${setup}/settings.conf >> $new/postgresql.conf
  cp ${setup}/pg_hba.conf $new/pg_hba.conf
  chmod 0600 $new/pg_hba.conf
  pg_ctl --pgdata=$new --wait --options="-c listen_addresses='' -c ssl=off -c fsync=off" start
  PGPASSWORD=$(cat ${passwords}/admin) psql --host=/tmp --username=postgres --dbname=postgres --no-psqlrc --quiet \\
    --set=ON_ERROR_STOP=1 --set=database=$DATABASE --set=role=$ROLE --set=rows=$ROWS \\
    --set=password="$(cat ${passwords}/application)" --file=${setup}/first.sql
  pg_ctl --pgdata=$new --wait --mode=fast stop
  sync --file-system $new
  mv $new ${data}
fi
# A Secret that changes is a link that leads elsewhere.
certificate() { readlink ${TLS_FOLDER}/..data || true; }
( known=$(certificate)
  while sleep 2; do
    if [ "$(certificate)" != "$known" ]; then known=$(certificate); kill -HUP 1; fi
  done ) &
exec postgres -D ${data}
`;
