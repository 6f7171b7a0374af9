/** Where the volume of the licence library is mounted, and the folders in it. */
export const LICENCE_FOLDERS = {
  volume: '/licences',
  /** What was there from the beginning. */
  archive: 'archive',
  /** What the writer creates, changes and deletes. */
  inbox: 'inbox',
} as const;

const { volume, archive, inbox } = LICENCE_FOLDERS;

/**
 * Fills a new library: files of random content that no compression shrinks, the same ones in every lab, as scans of papers
 * are. One pool of randomness serves them all, each file another piece of it, so that a gigabyte takes seconds. The folder
 * appears complete or not at all. In perl, which every Debian has.
 */
export const FILL_LIBRARY = `use strict;
use warnings;
my ($count, $bytes) = ($ENV{COUNT}, $ENV{BYTES});
exit 0 if -d '${volume}/${archive}';
srand 20230829;
my $pool = pack 'L*', map { int rand 2**32 } 1 .. 262144 + $bytes / 2;
my $new = '${volume}/${archive}.new';
mkdir $new;
for my $number (1 .. $count) {
  my $folder = sprintf '%s/%03d', $new, $number / 200;
  mkdir $folder;
  my $size = int($bytes / 2 + rand $bytes);
  open my $file, '>:raw', sprintf('%s/证照 %06d.pdf', $folder, $number) or die "$folder: $!";
  print {$file} "%PDF-1.7 $number\\n", substr($pool, rand 1048576, $size) or die $!;
  close $file or die $!;
}
mkdir '${volume}/${inbox}';
rename $new, '${volume}/${archive}' or die $!;
`;

/**
 * The clerk of the library: does on the volume what it is told line by line on its input, and answers \`done\` once it is on
 * the disk. A file appears complete or not at all. Fields are separated by tabs: what to do, path in the inbox, number of
 * lines, the line of which the content consists.
 */
export const CLERK = `cd ${volume}/${inbox}
while IFS=$'\\t' read -r what path lines text; do
  case $what in
    put) mkdir -p "$(dirname "$path")" &&
      for ((line = 0; line < lines; line += 1)); do printf '%s\\n' "$text"; done > "$path.part" &&
      sync "$path.part" && mv "$path.part" "$path" && sync "$(dirname "$path")" ;;
    delete) rm "$path" && sync "$(dirname "$path")" ;;
    *) false ;;
  esac && echo done || echo failed
done
`;
