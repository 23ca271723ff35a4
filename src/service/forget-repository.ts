/**
 * What git tells its hooks of the repository that it works on: asked by this process, it would look there whatever folder is meant.
 * What says who is trusted, or how git is set up, stays.
 */
const OF_A_REPOSITORY = [
  ...['GIT_DIR', 'GIT_WORK_TREE', 'GIT_IMPLICIT_WORK_TREE', 'GIT_PREFIX', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR'],
  ...['GIT_OBJECT_DIRECTORY', 'GIT_ALTERNATE_OBJECT_DIRECTORIES', 'GIT_QUARANTINE_PATH', 'GIT_NAMESPACE'],
  ...['GIT_GRAFT_FILE', 'GIT_SHALLOW_FILE', 'GIT_REPLACE_REF_BASE', 'GIT_INTERNAL_SUPER_PREFIX'],
  ...['GIT_LITERAL_PATHSPECS', 'GIT_GLOB_PATHSPECS', 'GIT_NOGLOB_PATHSPECS', 'GIT_ICASE_PATHSPECS'],
];

/** For the programs to call at their start: git is asked in the environment of the process. */
export function forgetRepository(environment: NodeJS.ProcessEnv): void {
  for (const name of OF_A_REPOSITORY) delete environment[name];
}
