export { type ConfigFolder, configFolder } from './config-folder.ts'
